import { describe } from "vitest";
import { contract } from "../contract.ts";

describe("relations", async () => {
  await contract("relations");
});
