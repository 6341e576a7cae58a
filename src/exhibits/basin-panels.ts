import type { Curve, Level, LineChart, Point } from "../charts/line-chart.ts";
import { colours } from "../charts/theme.ts";
import { mean, standardDeviation } from "../numerics/statistics.ts";
import { byChain } from "../protocols/records.ts";

interface Evaluated {
  readonly chain: number;
  readonly step: number;
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  readonly trainLoss: number;
  readonly testLoss: number;
  /** Of the Hessian. */
  readonly trace: number;
}

interface Estimated {
  readonly chain: number;
  readonly step: number;
  readonly lambda: number | null;
  readonly standardError: number | null;
}

/** Coefficients by an exact spectrum: at the resolution of the chains, null where these are unstable, and at a fine one. */
interface BySpectrum {
  readonly chain: number;
  readonly step: number;
  readonly langevin: number | null;
  readonly fine: number;
}

/** What was recorded along training, of all seeds. */
interface Recorded {
  readonly evaluations: readonly Evaluated[];
  readonly coefficients: readonly Estimated[];
  readonly spectra?: readonly BySpectrum[];
}

export type Panel = LineChart & { readonly share: number };

const shades = [1, 0.65, 0.4];

/** A step on a log axis; the start has no place of its own there. */
const stepOf = ({ step }: { readonly step: number }): number => Math.max(1, step);

/** The name of a field that holds a number, or null where there is none. */
type NumberIn<Each> = { [name in keyof Each]: Each[name] extends number | null ? name : never }[keyof Each];

/** One line for each seed. */
export const seedCurves = <Each extends { readonly chain: number; readonly step: number }>(
  records: readonly Each[],
  field: NumberIn<Each>,
  colour: string,
  label?: string,
  dashed = false,
): Curve[] =>
  [...byChain(records).values()].map((own, i) => ({
    points: own.flatMap((record): Point[] => {
      const value = record[field];
      return typeof value === "number" ? [[stepOf(record), value]] : [];
    }),
    colour,
    opacity: shades[Math.min(i, shades.length - 1)],
    dashed,
    ...(i === 0 && label !== undefined && { label }),
  }));

/** The mean of a checkpoint's chains with two standard errors, the larger of what they say and of what they differ by. */
const estimates = (records: readonly Estimated[]) =>
  [...byChain(records).values()].map((own, i) => {
    const steps = new Map<number, { values: number[]; errors: number[] }>();
    for (const { step, lambda, standardError } of own) {
      if (lambda === null || standardError === null) continue;
      const at = stepOf({ step });
      const { values, errors } = steps.get(at) ?? { values: [], errors: [] };
      steps.set(at, { values: [...values, lambda], errors: [...errors, standardError] });
    }
    const points = [...steps].map(([step, { values, errors }]) => {
      const own = mean(errors) / Math.sqrt(errors.length);
      const between = values.length > 1 ? standardDeviation(values) / Math.sqrt(values.length) : 0;
      return { step, value: mean(values), half: 2 * Math.max(own, between) };
    });
    return { points, opacity: shades[Math.min(i, shades.length - 1)] };
  });

/** A panel on the axis of steps that all share, on which the start is drawn at 1. */
export const overSteps = (
  all: readonly { readonly step: number }[],
  { share = 3, ...chart }: Omit<LineChart, "x"> & { readonly share?: number },
): Panel => {
  const last = all.reduce((most, { step }) => Math.max(most, step), 1);
  return { share, x: { label: "step", scale: "log", domain: [1, last * 1.02] }, ...chart };
};

/**
 * Accuracies, losses, learning coefficient and trace of the Hessian along training, on one axis of steps: what tells basins of different coefficients
 * apart. `levels` are the coefficients in closed form, the least and the largest of which frame the fine coefficient.
 */
export const basinPanels = ({ evaluations, coefficients, spectra }: Recorded, levels: readonly Level[]): Panel[] => {
  const panel = (chart: Parameters<typeof overSteps>[1]) => overSteps(evaluations, chart);
  const heights = levels.map(({ value }) => value);
  const [least, largest] = [Math.min(...heights), Math.max(...heights)];
  const measured = estimates(coefficients);
  const top = Math.max(1, ...measured.flatMap(({ points }) => points.map(({ value, half }) => value + half)));
  const shown = measured.map(({ points, opacity }) => {
    const inside = points.filter(({ value, half }) => value - half > 0);
    return {
      points: inside.map(({ step, value }): Point => [step, value]),
      ranges: inside.map(({ value, half }) => [value - half, value + half] as const),
      colour: colours.blue,
      opacity,
    };
  });
  const lines: Curve[] = shown.map(({ points, colour, opacity }) => ({
    points,
    colour,
    opacity: opacity / 2,
    strokeWidth: 1,
  }));
  const settled = evaluations.filter(({ step }) => step === 0 || step >= 5);
  return [
    panel({
      title: "Accuracy",
      description: "Training accuracy reaches 1 long before test accuracy rises.",
      y: { label: "accuracy", domain: [0, 1.02] },
      curves: [
        ...seedCurves(evaluations, "trainAccuracy", colours.vermillion, "training"),
        ...seedCurves(evaluations, "testAccuracy", colours.green, "test"),
      ],
    }),
    panel({
      title: "Loss",
      description: "Both losses fall, the test loss after a long plateau.",
      y: { label: "mean loss", scale: "log" },
      curves: [
        ...seedCurves(settled, "trainLoss", colours.vermillion, "training"),
        ...seedCurves(settled, "testLoss", colours.green, "test"),
      ],
    }),
    panel({
      share: 4,
      title: "Learning coefficient",
      description: "It peaks after memorisation and falls through generalisation.",
      // The limits of infinite resolution are far above: a log axis has room for them.
      y: spectra
        ? { label: "learning coefficient", domain: [0, 1.08 * top] }
        : { label: "learning coefficient", scale: "log", domain: [0.4 * top, 1.3 * largest] },
      ...(spectra ? {} : { levels }),
      curves: [...lines, ...(spectra ? seedCurves(spectra, "langevin", colours.blue, "by spectrum", true) : [])],
      scatters: shown,
    }),
    ...(spectra
      ? [
          panel({
            title: "Fine learning coefficient",
            description: "At fine resolution it falls from the larger coefficient towards the smaller.",
            y: { label: "coefficient at nBeta = 1e6", domain: [least - 20, largest + 20] },
            curves: seedCurves(spectra, "fine", colours.purple),
            levels,
          }),
        ]
      : []),
    panel({
      title: "Trace of the Hessian",
      description: "It follows the coefficient at first and then turns.",
      y: { label: "trace of J Jᵀ / N" },
      curves: seedCurves(settled, "trace", colours.orange),
    }),
  ];
};
