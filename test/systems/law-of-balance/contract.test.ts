import { describe } from "vitest";
import { contract } from "../contract.ts";

describe("law-of-balance", async () => {
  await contract("law-of-balance");
});
