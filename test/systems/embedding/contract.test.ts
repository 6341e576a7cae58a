import { describe } from "vitest";
import { contract } from "../contract.ts";

describe("embedding", async () => {
  await contract("embedding");
});
