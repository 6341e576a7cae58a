import { describe } from "vitest";
import { contract } from "../contract.ts";

describe("superposition", async () => {
  await contract("superposition");
});
