import { describe } from "vitest";
import { contract } from "../contract.ts";

describe("modular", async () => {
  await contract("modular");
});
