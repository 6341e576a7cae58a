import { describe } from "vitest";
import { contract } from "../contract.ts";

describe("collective-learning", async () => {
  await contract("collective-learning");
});
