import { categoryHistogram } from "../charts/category-histogram.ts";
import { countBars } from "../charts/count-bars.ts";
import type { Figure } from "../charts/exhibits.ts";
import { wilson } from "../numerics/statistics.ts";
import type { EarlierEnsemble } from "../protocols/earlier-ensemble.ts";
import { transitionsIn } from "../protocols/label-transitions.ts";
import type { EpochStudy } from "../protocols/train-epochs.ts";
import { type ColourOf, countLabels, type Labelled } from "./labels.ts";
import type { SeenStudy } from "./seen-study.ts";

interface Beside {
  readonly title: string;
  readonly earlier: EarlierEnsemble;
  readonly colourOf: ColourOf;
}

/** How often each phase was reached, beside an earlier ensemble. `what` says when: "at the last epoch". */
export const endsBeside = (
  study: Omit<SeenStudy<"final", Labelled>, "settings">,
  { title, what, earlier, colourOf, order }: Beside & { what: string; order(a: string, b: string): number },
): Figure => ({
  name: `phases-${study.name}`,
  title,
  width: 760,
  height: 400,
  needs: [{ study: study.name, kind: "final" }],
  caption: run =>
    `Measured: the phase ${what} of ${study.of(run, "final").length} seeds, as bars with 95 % Wilson intervals; the ` +
    `number above each is its count. Expected: the fractions of an independent ensemble of ${earlier.size}, as ticks with ` +
    "their own 95 % Wilson intervals as grey bands.",
  draw: (run, surface) => {
    const finals = study.of(run, "final");
    const counts = countLabels(finals);
    const expected = new Map(Object.entries(earlier.counts));
    const others = [...counts.keys()].filter(label => !expected.has(label)).sort();
    const labels = [...expected.keys(), ...others].sort(order);
    return categoryHistogram(
      {
        title,
        description: `${labels.map(label => `${label}: ${counts.get(label) ?? 0} of ${finals.length}`).join(", ")}.`,
        xLabel: `phase ${what}`,
        yLabel: "fraction of seeds",
        total: finals.length,
        measured: "measured, 95 %",
        expected: `expected (${earlier.size} earlier), 95 %`,
        categories: labels.map(label => {
          const count = counts.get(label) ?? 0;
          const before = expected.get(label) ?? 0;
          return {
            label,
            count,
            interval: intervalOf(count, finals.length),
            colour: colourOf(label),
            expected: { fraction: before / earlier.size, range: intervalOf(before, earlier.size) },
          };
        }),
      },
      surface,
    );
  },
});

const intervalOf = (count: number, size: number) => {
  const { low, high } = wilson(count, size);
  return [low, high] as const;
};

/** Transitions between levels, by the phases they join, beside those of an earlier ensemble. */
export const transitionsBeside = (study: EpochStudy, { title, earlier, colourOf }: Beside): Figure => ({
  name: `transitions-${study.name}`,
  title,
  width: 760,
  height: 380,
  needs: [study.has("checkpoint"), study.has("final")],
  caption: run => {
    const seeds = study.of(run, "final").length;
    return (
      `Measured: moves from one energy level to another, each visited for two checkpoints or more, in ${seeds} runs; the number beside each bar is ` +
      `the count. Expected: the counts of an independent ensemble of ${earlier.size} runs, scaled to ${seeds}, as ticks. Counts ` +
      "are Poisson-like: their standard error is about their square root."
    );
  },
  draw: (run, surface) => {
    const scale = study.of(run, "final").length / earlier.size;
    const seen = new Map(Object.keys(earlier.counts).map(name => [name, 0]));
    for (const { from, to } of transitionsIn(study.of(run, "checkpoint")))
      seen.set(`${from} to ${to}`, (seen.get(`${from} to ${to}`) ?? 0) + 1);
    const bars = [...seen].map(([label, count]) => {
      const before = earlier.counts[label];
      const colour = colourOf(label.split(" to ")[1]);
      return { label, count, colour, ...(before !== undefined && { expected: before * scale }) };
    });
    return countBars(
      {
        title,
        description: `${bars.map(({ label, count }) => `${label}: ${count}`).join(", ")}.`,
        xLabel: "transitions",
        expected: `expected (${earlier.size} earlier runs, scaled)`,
        bars: bars.sort((a, b) => (b.expected ?? 0) - (a.expected ?? 0) || b.count - a.count),
      },
      surface,
    );
  },
});
