import { expect, test } from "vitest";
import { readOrderTable } from "../../src/logs/order-table.ts";

test("columns that are not used, and a last line that breaks off, are named", () => {
  const text = "control,size,sample,error,site\n0.1,8,0.5,0.01,3\n0.2,8,0.6,0.01,3\n0.3,8";
  const { observations, notes } = readOrderTable(new TextEncoder().encode(text), "t.csv");
  expect(observations.map(({ control, samples }) => [control, Array.from(samples)])).toEqual([
    [0.1, [0.5]],
    [0.2, [0.6]],
  ]);
  expect(notes).toEqual(["the last line of t.csv breaks off and is left out", "t.csv: columns error, site not used"]);
});
