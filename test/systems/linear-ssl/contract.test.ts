import { describe } from "vitest";
import { contract } from "../contract.ts";

describe("linear-ssl", async () => {
  await contract("linear-ssl");
});
