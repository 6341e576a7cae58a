import type { Claim, Comparison, Evidence } from "../../../contracts/claim.ts";
import type { RunRecord, Study } from "../../../contracts/protocol.ts";
import { mean } from "../../../numerics/statistics.ts";
import { operations } from "../model/operations.ts";
import { fractionOf, recipes } from "../recipes.ts";
import { dataThreshold } from "../theory/closed-forms.ts";
import { byChain, eachMember, orNever } from "./comparisons.ts";

const train = (name: string, chains: number, settings: Study["settings"]): Study => ({
  name,
  protocol: "train",
  chains,
  settings,
});

const CONTROL = { ...recipes.S1, trainFraction: 0.6, measurements: "none", evaluateEvery: 20 } as const;

/** How the source's coefficient along training is measured on S1. */
const S1_CHAINS = { measurements: "few", stepSize: 1e-4, burnIn: 500, draws: 400 } as const;

export const grokkingStudies = {
  quick: [
    train("S1", 3, { ...recipes.S1, ...S1_CHAINS }),
    train("quad_form", 3, { ...CONTROL, op: "quad_form" }),
    train("cubic", 3, { ...CONTROL, op: "cubic" }),
  ],
  full: [
    train("S1", 3, { ...recipes.S1, ...S1_CHAINS, langevinChains: 3 }),
    train("quad_form", 3, { ...CONTROL, op: "quad_form" }),
    train("cubic", 3, { ...CONTROL, op: "cubic" }),
    train("S0", 3, { ...recipes.S0, measurements: "many", spectrum: "yes", langevinChains: 3 }),
    ...(["S2", "S2c", "S3", "S4", "S5", "S6"] as const).map(name =>
      train(name, name === "S3" ? 2 : name === "S2c" || name === "S4" || name === "S5" ? 1 : 3, {
        ...recipes[name],
        measurements: "none",
      }),
    ),
    ...Object.keys(operations)
      .filter(op => operations[op].generalises && op !== "add")
      .map(op => train(`op-${op}`, 1, { ...CONTROL, op, trainFraction: op === "sub" || op === "add_1_3" ? 0.5 : 0.6 })),
    ...([76, 101] as const).map(N =>
      train(`threshold-p13-${N}`, 2, {
        ...recipes.S0,
        trainFraction: fractionOf(13, N),
        steps: 6000,
        measurements: "none",
      }),
    ),
    ...([158, 185] as const).map(N =>
      train(`threshold-p23-${N}`, 2, {
        ...recipes.S1,
        trainFraction: fractionOf(23, N),
        steps: 8000,
        measurements: "none",
      }),
    ),
    train("threshold-p13-84-strong", 2, {
      ...recipes.S0,
      trainFraction: fractionOf(13, 84),
      weightDecay: 2,
      steps: 40_000,
      evaluateEvery: 50,
      measurements: "none",
    }),
  ],
} as const satisfies { [size: string]: readonly Study[] };

const field =
  (name: string) =>
  (records: readonly RunRecord[]): number =>
    orNever(records.at(-1)?.[name]);

const final = (evidence: Evidence, study: string, name: string, range: readonly [number, number]): Comparison[] =>
  eachMember(evidence, study, "final", `${study}, ${name}`, field(name), range);

const ratio = (evidence: Evidence, study: string, least: number): Comparison[] =>
  eachMember(
    evidence,
    study,
    "final",
    `${study}, test95 over train100`,
    ([record]) => orNever(record.test95) / orNever(record.train100),
    [least, 1e6],
  );

/** Mean over the chains of a member at each step. */
const curveOf = (records: readonly RunRecord[], name: string): Map<number, number> => {
  const steps = new Map<number, number[]>();
  for (const record of records) {
    const value = record[name];
    if (typeof value !== "number") continue;
    const step = record.step as number;
    steps.set(step, [...(steps.get(step) ?? []), value]);
  }
  return new Map([...steps].map(([step, values]) => [step, mean(values)]));
};

const peakOf = (curve: ReadonlyMap<number, number>): [step: number, value: number] =>
  [...curve].reduce((best, point) => (point[1] > best[1] ? point : best));

const at = (curve: ReadonlyMap<number, number>, step: number): number => curve.get(step) ?? Number.NaN;

export const grokkingClaims: readonly Claim[] = [
  {
    id: "grokking",
    where: "section 6, figure 2: accuracies",
    statement: "At p = 23 with decay 1 training pairs are known by step 100, and the others between 400 and 1000.",
    routes: { measured: "training, three seeds", predicted: "an independent implementation of the recipe" },
    studies: ["S1"],
    measure: evidence => [
      ...final(evidence, "S1", "train100", [0, 100]),
      ...final(evidence, "S1", "test95", [400, 1000]),
      ...ratio(evidence, "S1", 6),
    ],
  },

  {
    id: "coefficient-peaks",
    where: "section 6, figure 2: coefficient along training",
    statement:
      "The coefficient, from training pairs alone, peaks after memorisation and before generalisation, and then declines while training accuracy stays at 1.",
    routes: {
      measured: "Langevin chains at checkpoints",
      predicted: "an independent run: peak 430 to 550, a fifth lower at the end",
    },
    studies: ["S1"],
    measure: evidence => {
      const milestones = new Map(evidence.records("S1", "final").map(record => [record.chain, record]));
      const chains = [...byChain(evidence.records("S1", "coefficient"))];
      if (chains.length === 0) return [{ quantity: "coefficient", measured: 0, predicted: [0, 1], members: 0 }];
      return chains.flatMap(([chain, records]) => {
        const curve = curveOf(records, "lambda");
        const [step, value] = peakOf(curve);
        const passed = milestones.get(chain);
        const name = `seed ${chain + 1}`;
        return [
          { quantity: `${name}: peak`, measured: value, predicted: [430, 550] as const },
          {
            quantity: `${name}: step of the peak`,
            measured: step,
            predicted: [orNever(passed?.train100), orNever(passed?.test95)] as const,
          },
          {
            quantity: `${name}: value at 3000 over the peak`,
            measured: at(curve, 3000) / value,
            predicted: [0, 0.8] as const,
          },
        ];
      });
    },
  },

  {
    id: "participation-rises",
    where: "arXiv 2301.02679, section 5; section 6: order parameters",
    statement:
      "Neurons turn to single frequencies as the network generalises: the participation ratio rises from that of noise.",
    routes: {
      measured: "training, three seeds",
      predicted: "2 / (m + 1) of Gaussian rows; an independent run: 0.50 at the end",
    },
    studies: ["S1"],
    measure: evidence => [
      ...eachMember(
        evidence,
        "S1",
        "evaluation",
        "S1, ratio at the start",
        ([first]) => first.iprA as number,
        [0.14, 0.2],
      ),
      ...final(evidence, "S1", "iprA", [0.4, 0.75]),
    ],
  },

  {
    id: "negative-controls",
    where: "arXiv 2301.02679, section 5: functions that are no f1(a) + f2(b)",
    statement: "a^2 + a b + b^2 and a^3 + a b^2 + b are memorised and not generalised.",
    routes: { measured: "training, three seeds", predicted: "test accuracy below 0.15 at step 3000" },
    studies: ["quad_form", "cubic"],
    measure: evidence =>
      ["quad_form", "cubic"].flatMap(study => [
        ...final(evidence, study, "train100", [0, 200]),
        ...final(evidence, study, "testAccuracy", [0, 0.15]),
      ]),
  },

  {
    id: "operations",
    where: "arXiv 2301.02679, claims I and II",
    statement: "Functions f1(a) + f2(b), and functions of them, are generalised.",
    routes: { measured: "training", predicted: "test accuracy of at least 0.95 within 3000 steps" },
    studies: Object.keys(operations)
      .filter(op => operations[op].generalises && op !== "add")
      .map(op => `op-${op}`),
    measure: evidence =>
      Object.keys(operations)
        .filter(op => operations[op].generalises && op !== "add")
        .flatMap(op => final(evidence, `op-${op}`, "test95", [0, 3000])),
  },

  {
    id: "delay-by-decay",
    where: "section 6 and appendix H: severity and weight decay",
    statement:
      "With decay 0.3 instead of 1 generalisation comes between 1800 and 4000; without decay it does not come in 6000 steps.",
    routes: { measured: "training, three seeds", predicted: "an independent implementation of the recipes" },
    studies: ["S2", "S6"],
    measure: evidence => [
      ...final(evidence, "S2", "test95", [1800, 4000]),
      ...ratio(evidence, "S2", 35),
      ...final(evidence, "S6", "train100", [0, 100]),
      ...final(evidence, "S6", "testAccuracy", [0, 0.1]),
    ],
  },

  {
    id: "other-recipes",
    where: "derived: centred loss, larger modulus, coupled decay, momentum",
    statement:
      "Centred loss, p = 47, Adam with coupled decay and momentum with little decay memorise at once and generalise later.",
    routes: { measured: "training", predicted: "an independent implementation: within a third of its steps" },
    studies: ["S2c", "S3", "S4", "S5"],
    measure: evidence =>
      (
        [
          ["S2c", 4750, "test50"],
          ["S3", 640, "test95"],
          ["S4", 3960, "test95"],
          ["S5", 10_900, "test95"],
        ] as const
      ).flatMap(([study, step, name]) => final(evidence, study, name, [step / 1.33, step * 1.33])),
  },

  {
    id: "coefficient-and-curvature",
    where: "section 6, figure 2: coefficient beside Hessian trace",
    statement:
      "At p = 13 the coefficient rises to its peak at memorisation, declines through generalisation and stays, while the trace turns and rises again and the fine coefficient falls from p N / 2 towards the wave floor.",
    routes: {
      measured: "exact spectra of J J^T / N at checkpoints, three seeds",
      predicted: "an independent run of the recipe; p N / 2 = 767",
    },
    studies: ["S0"],
    measure: evidence => {
      const of = (
        quantity: string,
        read: (records: readonly RunRecord[]) => number,
        range: readonly [number, number],
      ) => eachMember(evidence, "S0", "spectrum", quantity, read, range);
      return [
        ...of("peak of the coefficient", records => peakOf(curveOf(records, "effective"))[1], [195, 215]),
        ...of("step of the peak", records => peakOf(curveOf(records, "effective"))[0], [60, 150]),
        ...of("coefficient at 3000", records => at(curveOf(records, "effective"), 3000), [143, 157]),
        ...of("fine coefficient at 50 to 1000, least", records => extreme(records, "fine", Math.min), [766.5, 767.1]),
        ...of("fine coefficient at 50 to 1000, most", records => extreme(records, "fine", Math.max), [766.5, 767.1]),
        ...of("fine coefficient at 8000", records => at(curveOf(records, "fine"), 8000), [595, 665]),
        ...eachMember(
          evidence,
          "S0",
          "evaluation",
          "least trace after memorisation",
          records => leastTrace(records)[1],
          [82, 90],
        ),
        ...eachMember(evidence, "S0", "evaluation", "its step", records => leastTrace(records)[0], [1500, 3500]),
        ...final(evidence, "S0", "trace", [96, 200]),
        ...eachMember(
          evidence,
          "S0",
          "evaluation",
          "participation at the start",
          ([first]) => first.iprA as number,
          [0.26, 0.3],
        ),
        ...eachMember(
          evidence,
          "S0",
          "evaluation",
          "participation from 2000 on, least",
          records =>
            records
              .filter(({ step }) => (step as number) >= 2000)
              .reduce((least, { iprA }) => Math.min(least, iprA as number), 1),
          [0.62, 1],
        ),
      ];
    },
  },

  {
    id: "chains-follow-spectrum",
    where: "section 6: estimates by Langevin chains; derived: their law at the exact spectrum",
    statement: "Once the training loss is small, Langevin chains measure what the exact spectrum predicts for them.",
    routes: {
      measured: "three Langevin chains a checkpoint",
      predicted: "closed form in the eigenvalues of J J^T / N",
    },
    studies: ["S0"],
    measure: evidence => {
      const spectra = byChain(evidence.records("S0", "spectrum"));
      const chains = [...byChain(evidence.records("S0", "coefficient"))];
      if (chains.length === 0) return [{ quantity: "ratio", measured: 0, predicted: [0.94, 1.06], members: 0 }];
      return chains.flatMap(([chain, records]) => {
        const law = curveOf(spectra.get(chain) ?? [], "langevin");
        return [...curveOf(records, "lambda")]
          .filter(([step]) => step >= 100)
          .map(([step, value]) => ({
            quantity: `seed ${chain + 1}, step ${step}: chains over closed form`,
            measured: value / at(law, step),
            predicted: [0.94, 1.06] as const,
          }));
      });
    },
  },

  {
    id: "data-threshold",
    where: "beyond the source: rank counts of waves and of memorising part at N = 8p - 15",
    statement:
      "Under weak decay generalisation sets in near 8p - 15 pairs, 89 at p = 13 and 169 at p = 23; strong decay crosses it, so it is no bound.",
    routes: { measured: "training, two seeds", predicted: "where the rank counts part" },
    studies: [
      "threshold-p13-76",
      "threshold-p13-101",
      "threshold-p23-158",
      "threshold-p23-185",
      "threshold-p13-84-strong",
    ],
    measure: evidence => [
      { quantity: "p = 13: between 76 and 101", measured: dataThreshold(13).pairs, predicted: [76, 101] },
      { quantity: "p = 23: between 158 and 185", measured: dataThreshold(23).pairs, predicted: [158, 185] },
      ...final(evidence, "threshold-p13-76", "testAccuracy", [0, 0.4]),
      ...final(evidence, "threshold-p13-101", "testAccuracy", [0.9, 1]),
      ...final(evidence, "threshold-p23-158", "testAccuracy", [0, 0.15]),
      ...final(evidence, "threshold-p23-185", "testAccuracy", [0.3, 1]),
      ...final(evidence, "threshold-p13-84-strong", "mostTestAccuracy", [0.95, 1]),
    ],
  },
];

const extreme = (records: readonly RunRecord[], name: string, of: (a: number, b: number) => number): number =>
  records
    .filter(({ step }) => (step as number) >= 50 && (step as number) <= 1000)
    .map(record => record[name] as number)
    .reduce((a, b) => of(a, b));

/** From step 500 on: before, the loss is still falling. */
const leastTrace = (records: readonly RunRecord[]): [step: number, trace: number] =>
  records
    .filter(({ step }) => (step as number) >= 500)
    .map(({ step, trace }): [number, number] => [step as number, trace as number])
    .reduce((least, point) => (point[1] < least[1] ? point : least), [Number.NaN, Infinity]);
