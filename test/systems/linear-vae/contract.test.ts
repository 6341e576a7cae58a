import { describe } from "vitest";
import { contract } from "../contract.ts";

describe("linear-vae", async () => {
  await contract("linear-vae");
});
