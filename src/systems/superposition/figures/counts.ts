import { categoryHistogram } from "../../../charts/category-histogram.ts";
import { countBars } from "../../../charts/count-bars.ts";
import type { Figure } from "../../../charts/exhibits.ts";
import type { SeenStudy } from "../../../exhibits/seen-study.ts";
import { wilson } from "../../../numerics/statistics.ts";
import { transitionsIn } from "../../../protocols/label-transitions.ts";
import type { EarlierEnsemble } from "../earlier-ensembles.ts";
import { IN_TRANSIT, phaseColour } from "./phase-colour.ts";
import { countLabels, type Labelled, type Scheme } from "./records.ts";

/** How often each phase was reached, beside an earlier independent ensemble. */
export const terminalPhases = (
  study: SeenStudy<"final", Labelled>,
  title: string,
  what: string,
  earlier: EarlierEnsemble,
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
    const labels = [...expected.keys(), ...others].sort(byPhase);
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
          const { low, high } = wilson(count, finals.length);
          return {
            label,
            count,
            interval: [low, high] as const,
            colour: phaseColour(label),
            expected: expectation(expected.get(label) ?? 0, earlier.size),
          };
        }),
      },
      surface,
    );
  },
});

/** Transitions between plateaus, by the phases they join. */
export const plateauTransitions = (study: Scheme, title: string, earlier: EarlierEnsemble): Figure => ({
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
    const seen = new Map<string, { readonly to: string; count: number }>();
    const add = (name: string, to: string, count: number) => {
      const entry = seen.get(name);
      if (entry) entry.count += count;
      else seen.set(name, { to, count });
    };
    for (const name of Object.keys(earlier.counts)) add(name, name.split(" to ")[1]!, 0);
    for (const { from, to } of transitionsIn(study.of(run, "checkpoint"))) add(`${from} to ${to}`, to, 1);
    const scale = study.of(run, "final").length / earlier.size;
    const expected = new Map(Object.entries(earlier.counts));
    const bars = [...seen].map(([label, { to, count }]) => {
      const before = expected.get(label);
      return { label, count, colour: phaseColour(to), ...(before !== undefined && { expected: before * scale }) };
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

const expectation = (count: number, size: number) => {
  const { low, high } = wilson(count, size);
  return { fraction: count / size, range: [low, high] as const };
};

/** By live features, then by positive biases; in transit last. */
const byPhase = (a: string, b: string): number => {
  if (a === IN_TRANSIT || b === IN_TRANSIT) return Number(a === IN_TRANSIT) - Number(b === IN_TRANSIT);
  return Number.parseInt(a, 10) - Number.parseInt(b, 10) || a.length - b.length;
};
