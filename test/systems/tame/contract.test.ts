import { describe } from "vitest";
import { contract } from "../contract.ts";

describe("tame", async () => {
  await contract("tame");
});
