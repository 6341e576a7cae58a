import { expect, test } from "vitest";
import { defaultsOf } from "../../../src/contracts/field.ts";
import type { JsonObject } from "../../../src/contracts/json.ts";
import type { SavedState } from "../../../src/contracts/protocol.ts";
import { basinProtocol } from "../../../src/systems/deep-linear/protocols/basin.ts";
import { langevinProtocol } from "../../../src/systems/deep-linear/protocols/langevin.ts";
import { mapProtocol } from "../../../src/systems/deep-linear/protocols/map.ts";
import { recordsOf } from "../swept.ts";

test.each(["plane", "scalar"] as const)(
  "Langevin dynamics of a %s continues from a saved state, an odd number of normals in",
  form => {
    const settings = { ...defaultsOf(langevinProtocol.settings), form, burnIn: 7, draws: 150, every: 3 };
    const run = (saved?: SavedState) => {
      const records: JsonObject[] = [];
      const states: SavedState[] = [];
      langevinProtocol.run(
        { settings, seed: 4, chain: 2, piece: undefined },
        {
          record: (_kind, fields) => void records.push(fields),
          snapshot: () => {},
          save: take => void states.push(structuredClone(take())),
          saved,
          progress: () => {},
        },
      );
      return { records, states };
    };
    const whole = run();
    expect(whole.states).toHaveLength(2);
    for (const state of whole.states) expect(run(state).records).toEqual(whole.records);
  },
);

test("a map is a piece for each row and one for the count over all rows", () => {
  const records = recordsOf(mapProtocol, { width: 3, side: 4, starts: 2, steps: 400 });
  const rows = records.filter(({ kind }) => kind === "row");
  expect(rows.map(({ strength }) => strength)).toEqual([0.1875, 0.5625, 0.9375, 1.3125]);
  const shares = rows.flatMap(row => row.shares as number[]);
  expect(records.at(-1)).toMatchObject({ kind: "final", learned: shares.reduce((a, b) => a + b) / 16 });
});

test("a basin is a piece for each norm: small starts are lost with two hidden layers, and not with one", () => {
  const labels = (D: number) =>
    recordsOf(basinProtocol, { D, width: 3, dx: 2, values: 3, steps: 600 }).map(({ kind, start, label }) => [
      kind,
      start,
      label,
    ]);
  expect(labels(2)).toEqual([
    ["start", "aligned", "trivial"],
    ["start", "random", "trivial"],
    ["start", "aligned", "learned"],
    ["start", "random", "learned"],
    ["start", "aligned", "learned"],
    ["start", "random", "learned"],
    ["final", undefined, "learned"],
  ]);
  expect(labels(1).every(([, , label]) => label === "learned")).toBe(true);
});
