import { expect, test } from "vitest";
import * as core from "../src/index.ts";

test("landau exports exactly these names", () => {
  expect(Object.keys(core).sort()).toMatchInlineSnapshot();
});
