import { describe } from "vitest";
import { contract } from "../contract.ts";

describe("deep-linear", async () => {
  await contract("deep-linear");
});
