import { describe, expect, test } from "vitest";
import { isAvailable } from "../../src/charts/exhibits.ts";
import { svgText } from "../../src/charts/svg.ts";
import type { RunRecord } from "../../src/contracts/index.ts";
import type { RunView } from "../../src/contracts/run-view.ts";
import { exhibitsOf as exhibitsOfRun } from "../../src/exhibits/index.ts";
import { stream } from "../../src/numerics/stream.ts";
import { linesOf } from "../charts/picture.ts";
import { expectReadable } from "../support/readable.ts";
import { marksOf, textIn } from "../support/svg-elements.ts";

const STEPS = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000];

/** Runs of which the loss falls, the later the chain; on test data it does so late. */
const synthetic = (chains: number, { hasTest, floor = 1e-6 }: { hasTest: boolean; floor?: number }): RunView => {
  const random = stream({ seed: 1, purpose: "figures" });
  const all: RunRecord[] = [];
  for (let chain = 0; chain < chains; chain++)
    for (const step of STEPS) {
      const fallen = (scale: number) => floor + (1 + 0.2 * random.uniform()) / (1 + (step / scale) ** 2);
      const [loss, testLoss] = [fallen(10 + 5 * chain), fallen(200 + 20 * chain)];
      const [accuracy, testAccuracy] = [1 - 0.8 * Math.min(1, loss), 1 - 0.8 * Math.min(1, testLoss)];
      all.push({
        ...{ kind: "checkpoint", chain, step },
        ...(step > 0 && { batchLoss: loss }),
        ...{ loss, accuracy },
        ...(hasTest && { testLoss, testAccuracy }),
      });
    }
  const finals = all
    .filter(({ step }) => step === 1000)
    .map(({ batchLoss: _, ...rest }) => ({ ...rest, kind: "final" }));
  const byKind: { [kind: string]: readonly RunRecord[] } = { checkpoint: all, final: finals as RunRecord[] };
  return { seed: 0, study: () => undefined, records: (study, kind) => (study === "train" ? (byKind[kind] ?? []) : []) };
};

const exhibitsOf = (run: RunView) =>
  exhibitsOfRun(
    { ...run, studies: [{ name: "train", protocol: "train", chains: 1, settings: {} }] },
    { protocols: {} },
    { figures: [], tables: [] },
  );
const drawn = (run: RunView, name: string) => {
  const figure = exhibitsOf(run).figures.find(each => each.name === `${name}-train`)!;
  return { figure, svg: figure.draw(run, { width: figure.width, height: figure.height }) };
};

const views: [string, RunView][] = [
  ["one-run", synthetic(1, { hasTest: false })],
  ["ensemble-with-test", synthetic(6, { hasTest: true })],
];

describe.each(views)("%s", (view, run) => {
  test.each(["loss", "accuracy"])("the figure of %s looks as stored, with both axes labelled", async name => {
    const { figure, svg } = drawn(run, name);
    await expect(linesOf(svg)).toMatchFileSnapshot(`snapshots/${view}-${name}.svg`);
    expectReadable(figure, run);
    expect(marksOf(svg, "y-title").map(textIn)).toEqual([name]);
    expect(marksOf(svg, "x-title").map(textIn)).toEqual(["training steps"]);
    expect(figure.caption(run)).toMatch(/^Measured: .*\.$/s);
  });
});

test("one line for each member and kind of data, told apart by a key", () => {
  const { svg, figure } = drawn(views[1][1], "loss");
  expect(marksOf(svg, "line").length).toBe(12);
  expect(marksOf(svg, "key").map(textIn)).toEqual(["training datatest data"]);
  expect(figure.caption(views[1][1])).toBe(
    "Measured: loss on training data and test data of 6 runs, one line for each seed, at checkpoints, not smoothed. The start has no place on a logarithmic axis and is left out.",
  );
  const single = drawn(views[0][1], "loss");
  expect(marksOf(single.svg, "line").length).toBe(1);
  expect(marksOf(single.svg, "key")).toEqual([]);
});

test("values of 0 do not spoil a logarithmic axis, and are counted in the caption", () => {
  const run = views[0][1];
  const zeroed: RunView = {
    ...run,
    records: (...at) => run.records(...at).map(record => (record.step === 1000 ? { ...record, loss: 0 } : record)),
  };
  const { svg, figure } = drawn(zeroed, "loss");
  expect(svgText(svg)).not.toMatch(/NaN|Infinity/);
  expect(figure.caption(zeroed)).toMatch(/ So is one value of 0\.$/);
});

test("a table tells where the runs end", () => {
  const [, run] = views[1];
  const [table] = exhibitsOf(run).tables;
  const finals = run.records("train", "final");
  const losses = finals.map(({ loss }) => loss as number).sort((a, b) => a - b);
  expect(table.rows(run).map(([quantity]) => quantity)).toEqual(["loss", "accuracy", "testLoss", "testAccuracy"]);
  // Four digits of the largest, 0.001414, and as many decimals of the others.
  const spread = [losses[0], (losses[2] + losses[3]) / 2, losses[5]];
  expect(table.rows(run)[0]).toEqual(["loss", ...spread.map(loss => loss.toFixed(6))]);
  expect(table.caption(run)).toBe("Measured after 1000 steps, over 6 runs.");
});

test("a run without records has nothing to show", () => {
  const empty: RunView = { seed: 0, study: () => undefined, records: () => [] };
  const { figures, tables } = exhibitsOf(empty);
  expect([...figures, ...tables].filter(each => isAvailable(each, empty))).toEqual([]);
});
