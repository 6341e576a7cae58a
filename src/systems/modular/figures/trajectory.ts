import type { Figure } from "../../../charts/exhibits.ts";
import {
  type Curve,
  type Level,
  type LineChart,
  lineChart,
  type Point,
  type Scatter,
} from "../../../charts/line-chart.ts";
import { stacked } from "../../../charts/stacked.ts";
import { colours } from "../../../charts/theme.ts";
import type { RecordOf } from "../../../contracts/protocol.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { mean, standardDeviation } from "../../../numerics/statistics.ts";
import { byChain } from "../../../protocols/records.ts";
import type { StudyFrom } from "../../../protocols/study.ts";
import type { ModularTrainRecords, trainProtocol } from "../protocols/train.ts";
import { ranks } from "../theory/closed-forms.ts";

const RIGHT = 130;
const shades = [1, 0.65, 0.4];

/** A step on a log axis; the start has no place of its own there. */
const stepOf = ({ step }: { readonly step: number }): number => Math.max(1, step);

/** The name of a field that holds a number, or null where there is none. */
type NumberIn<Each> = { [name in keyof Each]: Each[name] extends number | null ? name : never }[keyof Each];

/** One line for each seed. */
const curves = <Each extends { readonly chain: number; readonly step: number }>(
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
const estimates = (records: readonly RecordOf<ModularTrainRecords, "coefficient">[]) =>
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

interface Trajectory {
  readonly study: StudyFrom<typeof trainProtocol>;
  readonly name: string;
  readonly title: string;
  readonly p: number;
  readonly K: number;
  readonly N: number;
  /** With the exact spectrum beside the chains. */
  readonly spectrum?: true;
}

/** Accuracies, losses, coefficient, trace and participation along training, one below the other on one axis of steps. */
export const trajectoryFigure = ({ study, name, title, p, K, N, spectrum }: Trajectory): Figure => {
  const plateau = ranks.genericTrain({ p, K, N }) / 2;
  const floor = ranks.wavesTrain({ p, N }) / 2;
  return {
    name,
    title,
    width: 860,
    height: spectrum ? 1330 : 1130,
    needs: [study.has("evaluation"), study.has("coefficient"), ...(spectrum ? [study.has("spectrum")] : [])],
    caption: run => {
      const { nBeta, gamma } = study.settings(run);
      const members = byChain(study.of(run, "evaluation")).size;
      return (
        `Measured: ${members} runs at p = ${p}, K = ${K} on ${N} of ${p * p} pairs, strongest ink for seed 1. Dots: the learning coefficient from training ` +
        `pairs alone, nBeta (E[L] - L*) along Langevin chains at nBeta = ${nBeta}, gamma = ${gamma}, with two standard errors; estimates ` +
        "below 0, where the chain finds lower losses, are beyond the frame. Trace: exact, of J J^T / N. " +
        (spectrum
          ? `Theory: dashed, what the exact spectrum of J J^T / N says these chains measure; below, the coefficient at nBeta = 1e6, gamma = 1, between p N / 2 = ${plateau} of memorising and the floor ${floor} of the wave basin. `
          : `Theory, dashed: the coefficients of both basins at infinite resolution, p N / 2 = ${plateau} of memorising and the floor ${floor} of the wave basin; chains of this resolution feel only the steeper directions, and the curve falls by the same basin change. `) +
        "Step 0 is drawn at 1."
      );
    },
    draw: (run, surface) =>
      stacked(
        { title, description: describe(run, study) },
        panels(run, { study, spectrum, plateau, floor }).map(({ share, ...chart }) => ({
          share,
          draw: own => lineChart({ marginRight: RIGHT, ...chart }, own),
        })),
        surface,
      ),
  };
};

const panels = (
  run: RunView,
  { study, spectrum, plateau, floor }: Pick<Trajectory, "study" | "spectrum"> & { plateau: number; floor: number },
): (LineChart & { share: number })[] => {
  const evaluations = study.of(run, "evaluation");
  const last = evaluations.reduce((most, { step }) => Math.max(most, step), 1);
  const x = () => ({ label: "step", scale: "log" as const, domain: [1, last * 1.02] as const });
  const measured = estimates(study.of(run, "coefficient"));
  const top = Math.max(1, ...measured.flatMap(({ points }) => points.map(({ value, half }) => value + half)));
  const chains: Scatter[] = measured.map(({ points, opacity }) => {
    const shown = points.filter(({ value, half }) => value - half > 0);
    return {
      points: shown.map(({ step, value }): Point => [step, value]),
      ranges: shown.map(({ value, half }) => [value - half, value + half] as const),
      colour: colours.blue,
      opacity,
    };
  });
  const lines: Curve[] = measured.map(({ points, opacity }) => ({
    points: points.filter(({ value, half }) => value - half > 0).map(({ step, value }): Point => [step, value]),
    colour: colours.blue,
    opacity: opacity / 2,
    strokeWidth: 1,
  }));
  const levels: Level[] = [
    { label: `memorising ${plateau}`, value: plateau, colour: colours.vermillion },
    { label: `wave floor ${floor}`, value: floor, colour: colours.green },
  ];
  const settled = evaluations.filter(({ step }) => step === 0 || step >= 5);
  return [
    {
      share: 3,
      title: "Accuracy",
      description: "Training accuracy reaches 1 long before test accuracy rises.",
      x: x(),
      y: { label: "accuracy", domain: [0, 1.02] },
      curves: [
        ...curves(evaluations, "trainAccuracy", colours.vermillion, "training"),
        ...curves(evaluations, "testAccuracy", colours.green, "test"),
      ],
    },
    {
      share: 3,
      title: "Loss",
      description: "Both losses fall, the test loss after a long plateau.",
      x: x(),
      y: { label: "mean loss", scale: "log" },
      curves: [
        ...curves(settled, "trainLoss", colours.vermillion, "training"),
        ...curves(settled, "testLoss", colours.green, "test"),
      ],
    },
    {
      share: 4,
      title: "Learning coefficient",
      description: "It peaks after memorisation and falls through generalisation.",
      x: x(),
      // The limits of infinite resolution are far above: a log axis has room for them.
      y: spectrum
        ? { label: "learning coefficient", domain: [0, 1.08 * top] }
        : { label: "learning coefficient", scale: "log", domain: [0.4 * top, 1.3 * plateau] },
      ...(spectrum ? {} : { levels }),
      curves: [
        ...lines,
        ...(spectrum ? curves(study.of(run, "spectrum"), "langevin", colours.blue, "by spectrum", true) : []),
      ],
      scatters: chains,
    },
    ...(spectrum
      ? [
          {
            share: 3,
            title: "Fine learning coefficient",
            description: "At fine resolution it falls from the memorising value towards the wave floor.",
            x: x(),
            y: { label: "coefficient at nBeta = 1e6", domain: [floor - 20, plateau + 20] as const },
            curves: curves(study.of(run, "spectrum"), "fine", colours.purple),
            levels,
          },
        ]
      : []),
    {
      share: 3,
      title: "Trace of the Hessian",
      description: "It follows the coefficient at first and then turns.",
      x: x(),
      y: { label: "trace of J Jᵀ / N" },
      curves: curves(settled, "trace", colours.orange),
    },
    {
      share: 3,
      title: "Participation ratio",
      description: "Rows of A and C turn to single frequencies.",
      x: x(),
      y: { label: "participation ratio", domain: [0, 1] },
      curves: [
        ...curves(evaluations, "iprA", colours.purple, "rows of A"),
        ...curves(evaluations, "iprC", colours.olive, "rows of C", true),
      ],
    },
  ];
};

const describe = (run: RunView, study: Trajectory["study"]): string =>
  study
    .of(run, "final")
    .map(
      ({ chain, train100, test95 }) =>
        `Seed ${chain + 1} knows all training pairs at step ${train100} and 95 % of the others at ${test95 ?? "none"}.`,
    )
    .join(" ");
