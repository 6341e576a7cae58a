import { describe } from "vitest";
import { contract } from "../contract.ts";

describe("emergence", async () => {
  await contract("emergence");
});
