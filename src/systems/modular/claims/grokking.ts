import { type Claim, type Comparison, claim } from "../../../contracts/claim.ts";
import { below, known, within } from "../../../contracts/comparisons.ts";
import type { RecordOf } from "../../../contracts/protocol.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { type CurveOverSteps, curveOverSteps, peakOf } from "../../../protocols/curve-over-steps.ts";
import { eachMember } from "../../../protocols/each-member.ts";
import { byChain } from "../../../protocols/records.ts";
import type { StudyFrom } from "../../../protocols/study.ts";
import type { ModularTrainRecords, trainProtocol } from "../protocols/train.ts";
import { generalised, negativeControls, S0, S1, S2, S2c, S3, S4, S5, S6, strongDecay, thresholds } from "./studies.ts";

type Training = StudyFrom<typeof trainProtocol>;
type Range = Comparison["predicted"];

/** A step that was not reached is infinite. */
const orNever = (step: number | null | undefined): number => step ?? Infinity;

/** A number of the final records, member by member. */
const final = (run: RunView, study: Training, name: keyof ModularTrainRecords["final"], range: Range): Comparison[] =>
  eachMember(study.of(run, "final"), `${study.name}, ${name}`, ([record]) => orNever(record[name]), range);

const ratio = (run: RunView, study: Training, least: number): Comparison[] =>
  eachMember(
    study.of(run, "final"),
    `${study.name}, test95 over train100`,
    ([{ test95, train100 }]) => orNever(test95) / orNever(train100),
    { above: least },
  );

const at = (curve: CurveOverSteps, step: number): number => curve.get(step) ?? Number.NaN;

const lambdas = (records: readonly RecordOf<ModularTrainRecords, "coefficient">[]) =>
  curveOverSteps(records, ({ lambda }) => lambda);

export const grokkingClaims: readonly Claim[] = [
  claim("grokking", "section 6, figure 2: accuracies", {
    statement: "At p = 23 with decay 1 training pairs are known by step 100, and the others between 400 and 1000.",
    routes: {
      measured: "training, three seeds",
      predicted: "an independent implementation of the recipe",
      kind: "simulated",
    },
    studies: [S1],
    measure: run => [
      ...final(run, S1, "train100", { below: 101 }),
      ...final(run, S1, "test95", [400, 1000]),
      ...ratio(run, S1, 6),
    ],
  }),

  claim("coefficient-peaks", "section 6, figure 2: coefficient along training", {
    statement:
      "The coefficient, from training pairs alone, peaks after memorisation and before generalisation, and then declines while training accuracy stays at 1.",
    routes: {
      measured: "Langevin chains at checkpoints",
      predicted: "an independent run: peak 430 to 550, a fifth lower at the end",
      kind: "simulated",
    },
    studies: [S1],
    measure: run => {
      const milestones = byChain(S1.of(run, "final"));
      const chains = [...byChain(S1.of(run, "coefficient"))];
      if (chains.length === 0) return [{ quantity: "coefficient", measured: 0, predicted: [0, 1], members: 0 }];
      return chains.flatMap(([chain, records]) => {
        const curve = lambdas(records);
        const [step, value] = peakOf(curve);
        const [passed] = milestones.get(chain) ?? [];
        const name = `seed ${chain + 1}`;
        return [
          within(`${name}: peak`, value, 430, 550),
          within(`${name}: step of the peak`, step, orNever(passed?.train100), orNever(passed?.test95)),
          below(`${name}: value at 3000 over the peak`, at(curve, 3000) / value, 0.8),
        ];
      });
    },
  }),

  claim("participation-rises", "arXiv 2301.02679, section 5; section 6: order parameters", {
    statement:
      "Neurons turn to single frequencies as the network generalises: the participation ratio rises from that of noise.",
    routes: {
      measured: "training, three seeds",
      predicted: "2 / (m + 1) of Gaussian rows; an independent run: 0.50 at the end",
      kind: "simulated",
    },
    studies: [S1],
    measure: run => [
      ...known(
        "formula",
        ...eachMember(S1.of(run, "evaluation"), "S1, ratio at the start", ([first]) => first.iprA, [0.14, 0.2]),
      ),
      ...final(run, S1, "iprA", [0.4, 0.75]),
    ],
  }),

  claim("negative-controls", "arXiv 2301.02679, section 5: functions that are no f1(a) + f2(b)", {
    statement: "a^2 + a b + b^2 and a^3 + a b^2 + b are memorised and not generalised.",
    routes: {
      measured: "training, three seeds",
      predicted: "test accuracy below 0.15 at step 3000",
      kind: "bound",
    },
    studies: negativeControls,
    measure: run =>
      negativeControls.flatMap(study => [
        ...final(run, study, "train100", { below: 200 }),
        ...final(run, study, "testAccuracy", { below: 0.15 }),
      ]),
  }),

  claim("operations", "arXiv 2301.02679, claims I and II", {
    statement: "Functions f1(a) + f2(b), and functions of them, are generalised.",
    routes: {
      measured: "training",
      predicted: "test accuracy of at least 0.95 within 3000 steps",
      kind: "bound",
    },
    studies: generalised,
    measure: run => generalised.flatMap(study => final(run, study, "test95", { below: 3001 })),
  }),

  claim("delay-by-decay", "section 6 and appendix H: severity and weight decay", {
    statement:
      "With decay 0.3 instead of 1 generalisation comes between 1800 and 4000; without decay it does not come in 6000 steps.",
    routes: {
      measured: "training, three seeds",
      predicted: "an independent implementation of the recipes",
      kind: "simulated",
    },
    studies: [S2, S6],
    measure: run => [
      ...final(run, S2, "test95", [1800, 4000]),
      ...ratio(run, S2, 35),
      ...final(run, S6, "train100", { below: 101 }),
      ...final(run, S6, "testAccuracy", { below: 0.1 }),
    ],
  }),

  claim("other-recipes", "derived: centred loss, larger modulus, coupled decay, momentum", {
    statement:
      "Centred loss, p = 47, Adam with coupled decay and momentum with little decay memorise at once and generalise later.",
    routes: {
      measured: "training",
      predicted: "an independent implementation: within a third of its steps",
      kind: "simulated",
    },
    studies: [S2c, S3, S4, S5],
    measure: run =>
      (
        [
          [S2c, 4750, "test50"],
          [S3, 640, "test95"],
          [S4, 3960, "test95"],
          [S5, 10_900, "test95"],
        ] as const
      ).flatMap(([study, step, name]) => final(run, study, name, [step / 1.33, step * 1.33])),
  }),

  claim("coefficient-and-curvature", "section 6, figure 2: coefficient beside Hessian trace", {
    statement:
      "At p = 13 the coefficient rises to its peak at memorisation, declines through generalisation and stays, while the trace turns and rises again and the fine coefficient falls from p N / 2 towards the wave floor.",
    routes: {
      measured: "exact spectra of J J^T / N at checkpoints, three seeds",
      predicted: "an independent run of the recipe; p N / 2 = 767",
      kind: "simulated",
    },
    studies: [S0],
    measure: run => {
      type Spectrum = RecordOf<ModularTrainRecords, "spectrum">;
      const spectra = (quantity: string, of: (records: readonly Spectrum[]) => number, range: Range) =>
        eachMember(S0.of(run, "spectrum"), quantity, of, range);
      const effective = (records: readonly Spectrum[]) => curveOverSteps(records, record => record.effective);
      const fine = (records: readonly Spectrum[]) => curveOverSteps(records, record => record.fine);
      const early = (records: readonly Spectrum[]) =>
        [...fine(records)].filter(([step]) => step >= 50 && step <= 1000).map(([, value]) => value);
      const evaluations = S0.of(run, "evaluation");
      return [
        ...spectra("peak of the coefficient", records => peakOf(effective(records))[1], [195, 215]),
        ...spectra("step of the peak", records => peakOf(effective(records))[0], [60, 150]),
        ...spectra("coefficient at 3000", records => at(effective(records), 3000), [143, 157]),
        ...spectra("fine coefficient at 50 to 1000, least", records => Math.min(...early(records)), [766.5, 767.1]),
        ...spectra("fine coefficient at 50 to 1000, most", records => Math.max(...early(records)), [766.5, 767.1]),
        ...spectra("fine coefficient at 8000", records => at(fine(records), 8000), [595, 665]),
        ...eachMember(evaluations, "least trace after memorisation", own => leastTrace(own).trace, [82, 90]),
        ...eachMember(evaluations, "its step", own => leastTrace(own).step, [1500, 3500]),
        ...final(run, S0, "trace", [96, 200]),
        ...eachMember(evaluations, "participation at the start", ([first]) => first.iprA, [0.26, 0.3]),
        ...eachMember(
          evaluations,
          "participation from 2000 on, least",
          own => Math.min(1, ...own.filter(({ step }) => step >= 2000).map(({ iprA }) => iprA)),
          [0.62, 1],
        ),
      ];
    },
  }),

  claim("chains-follow-spectrum", "section 6: estimates by Langevin chains; derived: their law at the exact spectrum", {
    statement: "Once the training loss is small, Langevin chains measure what the exact spectrum predicts for them.",
    routes: {
      measured: "three Langevin chains a checkpoint",
      predicted: "closed form in the eigenvalues of J J^T / N",
      kind: "formula",
    },
    studies: [S0],
    measure: run => {
      const spectra = byChain(S0.of(run, "spectrum"));
      const chains = [...byChain(S0.of(run, "coefficient"))];
      if (chains.length === 0) return [{ quantity: "ratio", measured: 0, predicted: [0.94, 1.06], members: 0 }];
      return chains.flatMap(([chain, records]) => {
        const law = curveOverSteps(spectra.get(chain) ?? [], record => record.langevin);
        return [...lambdas(records)]
          .filter(([step]) => step >= 100)
          .map(([step, value]) =>
            within(`seed ${chain + 1}, step ${step}: chains over closed form`, value / at(law, step), 0.94, 1.06),
          );
      });
    },
  }),

  claim("data-threshold", "beyond the source: rank counts of waves and of memorising part at N = 8p - 15", {
    statement:
      "Under weak decay generalisation sets in near 8p - 15 pairs, 89 at p = 13 and 169 at p = 23; strong decay crosses it, so it is no bound.",
    routes: {
      measured: "training, two seeds",
      predicted: "shares stated on either side of 8p - 15, where the rank counts part",
      kind: "bound",
    },
    studies: [...thresholds.map(({ study }) => study), strongDecay],
    measure: run => [
      ...thresholds.flatMap(({ study, range }) => final(run, study, "testAccuracy", range)),
      ...final(run, strongDecay, "mostTestAccuracy", { above: 0.95 }),
    ],
  }),
];

/** The evaluation of least trace from step 500 on: before, the loss is still falling. */
const leastTrace = (records: readonly { readonly step: number; readonly trace: number }[]) =>
  records
    .filter(({ step }) => step >= 500)
    .reduce((least, one) => (one.trace < least.trace ? one : least), { step: Number.NaN, trace: Infinity });
