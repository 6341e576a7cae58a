import { describe } from "vitest";
import { contract } from "../contract.ts";

describe("mirror-symmetry", async () => {
  await contract("mirror-symmetry");
});
