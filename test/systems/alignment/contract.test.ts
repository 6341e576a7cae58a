import { describe } from "vitest";
import { contract } from "../contract.ts";

describe("alignment", async () => {
  await contract("alignment");
});
