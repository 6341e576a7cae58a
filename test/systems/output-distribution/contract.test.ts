import { describe } from "vitest";
import { contract } from "../contract.ts";

describe("output-distribution", async () => {
  await contract("output-distribution");
});
