import { expect, test } from "vitest";
import type { RunRecord } from "../../src/contracts/protocol.ts";
import { axesOf } from "../../src/protocols/sweep-axes.ts";
import { sweepMap } from "../../src/protocols/sweep-cells.ts";
import { sweepSettings } from "../../src/protocols/sweep-settings.ts";
import { listedSystems } from "../../src/systems/index.ts";
import { completed, smallSettings } from "../support/host.ts";
import { messageOf } from "../support/message-of.ts";

const { sweep } = (await listedSystems["deep-linear"].load()).protocols;
const square = {
  ...{ xControl: "weightDecay", xScale: "linear", xFrom: 1, xTo: 9, columns: 9 },
  ...{ yControl: "strength", yScale: "linear", yFrom: 1, yTo: 9, rows: 9 },
} as const;

/** One run a cell: a single cell of another phase amid the first one. */
const records: readonly RunRecord[] = Array.from({ length: 81 }, (_, i) => ({
  ...{ kind: "cell", chain: 0, x: 1 + (i % 9), y: 1 + Math.floor(i / 9), seed: 0 },
  label: i === 40 || i % 9 > 6 ? "other" : "first",
}));

test("votes that are exact are what their cells are; of others neighbours make sure or unsure", () => {
  const cellsOf = (votes?: "exact") => {
    const settings = sweepSettings(completed(sweep.settings, { ...square, ...(votes && { votes }) }));
    return sweepMap(records, axesOf(settings)).reading.cells;
  };
  expect(cellsOf("exact").map(({ label }) => label)).toEqual(records.map(({ label }) => label));
  expect(cellsOf("exact").every(({ sure }) => sure === 1)).toBe(true);
  expect(cellsOf()[40].sure).toBeLessThan(0.99);
});

test("exact votes need no second seed, and an adaptive sweep of them plans none", () => {
  const settings = { ...smallSettings(sweep), ...square, votes: "exact", seeds: 2 };
  expect(messageOf(() => sweep.check!(settings))).toContain("seeds is 2: needs 1 where votes are exact");
  const adaptive = { ...settings, seeds: 1, design: "adaptive" };
  const plan = (known: readonly RunRecord[], changed = {}) =>
    sweep.plan!({ settings: { ...adaptive, ...changed }, seed: 0, chain: 0 }, known, 1);
  expect(plan(records)).toEqual([]);
});
