import { describe, expect, test } from "vitest";
import { judge } from "../../../src/contracts/claim.ts";
import type { RunRecord, Settings, Study } from "../../../src/contracts/index.ts";
import { studiesOf } from "../../../src/contracts/study.ts";
import { inlineExecutor } from "../../../src/lab/executor.ts";
import { runInMemory } from "../../../src/lab/run-in-memory.ts";
import { figures } from "../../../src/systems/collective-learning/figures/index.ts";
import { collectiveLearning } from "../../../src/systems/collective-learning/index.ts";
import { boundaries } from "../../../src/systems/collective-learning/studies.ts";
import { strongSquare } from "../../../src/systems/collective-learning/theory/laws.ts";
import { inPieces } from "../in-pieces.ts";

const run = (name: string, changed: Settings, chain = 0): readonly RunRecord[] => {
  const protocol = collectiveLearning.protocols[name];
  const settings = {
    ...Object.fromEntries(Object.entries(protocol.settings).map(([key, control]) => [key, control.default])),
    ...changed,
  };
  protocol.check?.(settings);
  return inPieces(protocol, { settings, seed: 1, chain }, member => {
    const records: RunRecord[] = [];
    protocol.run(member, {
      record: (kind, fields) => void records.push({ kind, chain, ...fields }),
      snapshot: () => {},
      save: () => {},
      saved: undefined,
      progress: fraction => {
        expect(fraction).toBeGreaterThan(0);
        expect(fraction).toBeLessThanOrEqual(1);
      },
    });
    return records;
  });
};
const of = (records: readonly RunRecord[], kind: string) => records.filter(record => record.kind === kind);

test("flow: the end of the path, of the list of networks and of the summary are one", () => {
  const records = run("flow", { sigma: 3, points: 4 });
  const path = of(records, "path");
  expect(path.map(({ time }) => time)).toEqual([0, 2.5, 5, 7.5, 10]);
  const [networks] = of(records, "networks");
  const m = networks.m as number[];
  const [final] = of(records, "final");
  expect(path.at(-1)!.M).toBe(final.M);
  expect(m.reduce((a, b) => a + b, 0) / 200).toBeCloseTo(final.M as number, 12);
  expect(final).toMatchObject({ label: "ordered", minority: 0, unexplained: 0 });
});

test("couplings: a run has the records that it had when one task went through all of them, however its chains are cut", async () => {
  const own = { "collective-learning": collectiveLearning };
  for (const chunk of [1, 2]) {
    const studies: readonly Study[] = [
      { name: "c", protocol: "couplings", chains: 3, chunk, settings: { networks: 50, values: 5, D: 2 } },
      { name: "d", protocol: "couplings", chains: 2, chunk, settings: { networks: 20, values: 3 } },
    ];
    const spec = { system: "collective-learning", seed: 1, studies };
    const { contentHash, records } = await runInMemory(spec, { systems: own, executor: inlineExecutor(own) });
    expect(contentHash).toBe("380c75281498aa1380c03be029f67ada2f6c369d13cbd6ddffea562524500786");
    expect(
      records("c", "final").map(({ chain, ordered, disordered }) => [
        chain,
        (ordered as number) + (disordered as number),
      ]),
    ).toEqual([
      [0, 5],
      [1, 5],
      [2, 5],
    ]);
  }
});

test("couplings: each begins at the start anew, so that a part of them is the same", () => {
  const whole = of(run("couplings", { from: 0.1, to: 10, values: 3, networks: 50 }), "coupling");
  expect(whole.map(({ sigma }) => Number((sigma as number).toPrecision(12)))).toEqual([0.1, 1, 10]);
  const alone = of(run("couplings", { from: 10, to: 0.1, values: 2, networks: 50 }), "coupling");
  expect(alone.map(({ order }) => order)).toEqual([whole[2].order, whole[0].order]);
});

describe("anneal", () => {
  test("one hidden layer: through the end of order and back on the curve of the theory", () => {
    const sweep = of(
      run("anneal", { sample: "quantiles", from: 50, to: 5000, values: 5, steps: 1000, stepTime: 20 }),
      "sweep",
    );
    expect(sweep).toHaveLength(10);
    for (const { control, order } of sweep) {
      const expected = Math.sqrt(strongSquare({ D: 1, gamma: 1e-3, variance: 4 }, control as number));
      expect(Math.abs((order as number) - expected), `sigma = ${control}`).toBeLessThan(4e-3);
    }
  });

  test("two hidden layers: the way back stays dead", () => {
    const sweep = of(
      run("anneal", { D: 2, sample: "quantiles", from: 20, to: 200, values: 4, steps: 1000, stepTime: 10 }),
      "sweep",
    );
    const orders = (direction: string) =>
      sweep.filter(each => each.direction === direction).map(({ order }) => order as number);
    expect(orders("up")[0]).toBeGreaterThan(0.5);
    expect(orders("down").every(order => order < 1e-6)).toBe(true);
  });

  test("equal steps of the coupling when asked", () => {
    const sweep = of(run("anneal", { spacing: "linear", from: 1, to: 3, values: 3, steps: 1, networks: 5 }), "sweep");
    expect(sweep.map(({ control }) => control)).toEqual([1, 2, 3, 3, 2, 1]);
  });
});

test("boundary: a range without an end of order says so", () => {
  const [final] = of(run("boundary", { from: 20, to: 30, halvings: 2 }), "final");
  expect(final).toMatchObject({ lower: null, upper: null, square: null, label: "no boundary in the range" });
});

test("threshold: settings that leave none are refused", () => {
  expect(() => run("threshold", { deltaMean: 50 })).toThrow(/^deltaMean is 50: needs networks whose mean/);
});

test.each([
  ["flow", { low: 2, high: 1 }, /^low is 2: needs at most high, which is 1/],
  ["boundary", { from: 20, to: 10 }, /^from is 20: needs a coupling below to/],
  ["anneal", { from: 0 }, /^from is 0: needs a positive number/],
  ["anneal", { low: 2, high: 1 }, /^low is 2/],
] as const)("%s with %j is refused", (name, changed, message) => {
  expect(() => run(name, changed)).toThrow(message);
});

describe("claims can fail", () => {
  const quick = studiesOf(collectiveLearning.studies, "quick");
  const verdict = (id: string, records: (study: string, kind: string) => readonly RunRecord[]) => {
    const claim = collectiveLearning.claims.find(each => each.id === id)!;
    const study = (name: string) => quick.find(each => each.name === name)!;
    return judge(claim, claim.measure({ seed: 1, study, records })).outcome;
  };
  const final = (fields: object): RunRecord[] => [{ kind: "final", chain: 0, ...fields }];

  test("an end of order one per cent away, or none found, is not the closed form's", () => {
    const at = (factor: number) => (study: string) =>
      final({
        lower: { "boundary-D1": 4000, "boundary-D2": 126.491, "boundary-D3": 63.496 }[study]! * factor,
        upper: { "boundary-D1": 4000, "boundary-D2": 126.491, "boundary-D3": 63.496 }[study]! * factor,
        square: 0,
      });
    expect(boundaries).toHaveLength(3);
    expect(verdict("upper-boundary", at(1))).toBe("holds");
    expect(verdict("upper-boundary", at(1.01))).toBe("fails");
    expect(verdict("upper-boundary", () => final({ lower: null, upper: null, square: null }))).toBe("fails");
    expect(verdict("continuous-or-jump", at(1))).toBe("fails");
  });

  test("one set told wrongly, one network unexplained, a slower decay", () => {
    expect(verdict("exact-threshold", () => final({ label: "as predicted" }))).toBe("holds");
    expect(verdict("exact-threshold", () => final({ label: "otherwise" }))).toBe("fails");
    expect(verdict("frozen-minority", () => final({ minority: 3, unexplained: 0 }))).toBe("holds");
    expect(verdict("frozen-minority", () => final({ minority: 3, unexplained: 1 }))).toBe("fails");
  });

  test("nothing was run: undecided", () => {
    for (const { id, studies } of collectiveLearning.claims)
      if (studies.length > 0)
        expect(
          verdict(id, () => []),
          id,
        ).not.toBe("holds");
  });

  test("a curve that rises later with depth would be the reported delay", () => {
    const rising = (middle: number): RunRecord[] =>
      [0.1, 1, 10].map((sigma, i) => ({ kind: "coupling", chain: 0, sigma, order: [0.05, middle, 0.7][i] }));
    expect(verdict("onset-not-delayed", study => rising(study === "couplings-D1" ? 0.2 : 0.5))).toBe("holds");
    expect(verdict("onset-not-delayed", study => rising(study === "couplings-D1" ? 0.5 : 0.2))).toBe("fails");
  });
});

test("the table of boundaries has a cell for each column and tells what was not found", () => {
  const [table] = figures.tables;
  const records = (study: string): RunRecord[] => [
    {
      kind: "final",
      chain: 0,
      ...(study === "boundary-D1" ? { lower: null, upper: null, square: null } : { lower: 1, upper: 2, square: 0.5 }),
    },
  ];
  const rows = table.rows({ seed: 1, study: () => undefined, records });
  for (const row of rows) expect(row).toHaveLength(table.columns.length);
  expect(rows[0]).toEqual(["1", "none found and none found", "4000.00", "none found", "0.00000", "continuous"]);
  expect(rows[1]).toEqual(["2", "1.00 and 2.00", "126.49", "0.50000", "0.03162", "jump"]);
});
