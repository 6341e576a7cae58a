import { type Claim, claim } from "../../../contracts/claim.ts";
import { fraction, never, pooledComparison } from "../../../contracts/comparisons.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { transitionsIn } from "../../../protocols/label-transitions.ts";
import { byChain } from "../../../protocols/records.ts";
import { LEVEL_TOLERANCE } from "../phases.ts";
import { energyLevels } from "../theory/levels.ts";
import { schemes } from "./studies.ts";

type Scheme = (typeof schemes)["A"];

const among =
  (...labels: (string | null)[]) =>
  ({ label }: { readonly label: string | null }) =>
    labels.includes(label);

const transitions = (run: RunView, scheme: Scheme) => transitionsIn(scheme.of(run, "checkpoint"));

/** Runs of a study. */
const members = (run: RunView, scheme: Scheme): number => scheme.of(run, "final").length;

/** The loss of a level by its label. */
const levelHeights = (run: RunView, scheme: Scheme) => {
  const heights = new Map(energyLevels(scheme.settings(run).c).map(({ label, loss }) => [label, loss]));
  return (label: string): number => heights.get(label)!;
};

const trained = Object.values(schemes);

export const trainingClaims: readonly Claim[] = [
  claim("scheme-A-outcomes", "dynamical transitions: SGD runs from the 4-gon", {
    statement:
      "From a perturbed 4-gon more than half of the runs end at 4, 4+ or 4++, some but fewer than half at 5 or 5+, and fewer than one in ten at the 6-gon.",
    routes: {
      measured: "minibatch training of an ensemble",
      predicted: "shares stated from an independent ensemble of 150 runs: 116, 31 and none",
      kind: "bound",
    },
    studies: [schemes.A],
    measure: run => {
      const finals = schemes.A.of(run, "final");
      return [
        fraction("ends at 4, 4+ or 4++", finals, among("4", "4+", "4++"), { above: 0.5 }),
        fraction("ends at 5 or 5+", finals, among("5", "5+"), [0.05, 0.5]),
        fraction("ends at 6", finals, among("6"), { below: 0.1 }),
      ];
    },
  }),
  claim("scheme-A-checkpoints-on-levels", "Fig. 3: vertical clusters at the energy levels", {
    statement: "More than 80 % of the checkpoints of runs from the 4-gon lie within 3e-4 of an energy level.",
    routes: {
      measured: "population loss along minibatch training",
      predicted: "energy levels in closed form",
      kind: "formula",
    },
    studies: [schemes.A],
    measure: run => [
      // Runs are independent of each other, checkpoints of one run are not.
      pooledComparison(
        "share of checkpoints on a level",
        [...byChain(schemes.A.of(run, "checkpoint")).values()].map(own =>
          own.map(({ label }) => Number(label !== null)),
        ),
        { predicted: { above: 0.8 } },
      ),
    ],
  }),
  claim("plateaus-are-levels", "Fig. 1: plateaus of the loss are critical values", {
    statement:
      "More than 80 % of the lasting plateaus of the loss, found without knowing the levels, lie within 3e-4 of a level.",
    routes: {
      measured: "plateau finder on the loss series",
      predicted: "energy levels in closed form",
      kind: "formula",
    },
    studies: [schemes.A],
    measure: run => {
      const { c, every, epochs } = schemes.A.settings(run);
      const levels = energyLevels(c).map(({ loss }) => loss);
      // A plateau of at least a tenth of the run: short ones include slow passages past a saddle.
      const lasting = schemes.A.of(run, "plateau").filter(({ checkpoints }) => checkpoints * every >= 0.1 * epochs);
      return [
        fraction(
          "lasting plateaus within 3e-4 of a level",
          lasting,
          ({ level }) => levels.some(loss => Math.abs(loss - level) < LEVEL_TOLERANCE),
          { above: 0.8 },
        ),
      ];
    },
  }),
  claim("loss-steps-down", "Fig. 1: opposing staircases, the loss half", {
    statement: "From one level to the next the loss never rises.",
    routes: { measured: "levels visited by training runs", predicted: "descent: no rise at all", kind: "formula" },
    studies: trained,
    measure: run =>
      trained.map(scheme => {
        const all = transitions(run, scheme);
        const height = levelHeights(run, scheme);
        const rises = all.filter(({ from, to }) => height(to) > height(from));
        return never(`${scheme.name}: rises among ${all.length} transitions`, rises.length, members(run, scheme));
      }),
  }),
  claim(
    "no-training-transition-5-to-6",
    "Fig. 2 against Fig. 3: a Bayesian transition without a dynamical counterpart",
    {
      statement: "No training run goes from the 5-gon to the 6-gon, though the 6-gon has the lower loss.",
      routes: {
        measured: "levels visited by training runs",
        predicted: "none of 330 independent runs",
        kind: "simulated",
      },
      studies: trained,
      measure: run =>
        trained.map(scheme => {
          const jumps = transitions(run, scheme).filter(({ from, to }) => from.startsWith("5") && to === "6");
          return never(`${scheme.name}: transitions 5 -> 6`, jumps.length, members(run, scheme));
        }),
    },
  ),
  claim("transition-4-plus-to-5", "Fig. 1: the last step of the published run, 4+ -> 5", {
    statement:
      "Of the runs that have settled at 4+ more than one in ten, and not nine in ten, go on to the 5-gon within 4500 epochs: an escape that takes its time.",
    routes: {
      measured: "levels visited by training runs",
      predicted: "shares stated from an independent ensemble, in which a third went on",
      kind: "bound",
    },
    studies: [schemes.A],
    measure: run => {
      const settled = schemes.A.of(run, "plateau").filter(among("4+"));
      const escaped = new Set(
        transitions(run, schemes.A)
          .filter(({ from, to }) => from === "4+" && to === "5")
          .map(({ chain }) => chain),
      );
      const runs = [...new Map(settled.map(record => [record.chain, record])).values()];
      return [fraction("runs settled at 4+ that go on to 5", runs, ({ chain }) => escaped.has(chain), [0.1, 0.9])];
    },
  }),
  claim("scheme-B-saddles-are-left", "families such as 4++-", {
    statement:
      "A run is never at the end on a level with dead vertices and positive vestigial biases: those are saddles.",
    routes: {
      measured: "minibatch training from random biases",
      predicted: "Hessian at the critical points",
      kind: "formula",
    },
    studies: [schemes.B],
    measure: run => {
      const finals = schemes.B.of(run, "final");
      return [
        never(
          "runs ending on a saddle level",
          finals.filter(among("3+", "3++", "2+", "2++", "1+", "1++")).length,
          finals.length,
        ),
      ];
    },
  }),
  claim("scheme-B-transitions", "Fig. 1: sequences such as 4++- -> 4+ -> 5", {
    statement: "A run that leaves a saddle level, 3+ or 2++ say, gains live features: 3+ -> 4, 2+ -> 3, 3++ -> 4+.",
    routes: {
      measured: "levels visited by training runs",
      predicted: "all 21 such transitions of an independent ensemble",
      kind: "simulated",
    },
    studies: [schemes.B],
    measure: run => {
      const live = (label: string) => Number.parseInt(label, 10);
      const left = transitions(run, schemes.B).filter(({ from }) => live(from) < 4 && from.includes("+"));
      const others = left.filter(({ from, to }) => live(to) <= live(from));
      return [never("departures from saddles that gain no live feature", others.length, left.length)];
    },
  }),
  claim("scheme-B-absorbing-levels", "Fig. 1 and the runs of the appendix: where runs stay", {
    statement:
      "Levels without positive biases are absorbing: fewer than one run in five leaves one within 4500 epochs.",
    routes: {
      measured: "levels visited by training runs",
      predicted: "a share stated from an independent ensemble of 90 runs, in which none left",
      kind: "bound",
    },
    studies: [schemes.B],
    measure: run => {
      const absorbing = (label: string | null) => label !== null && !label.includes("+");
      const leaving = new Set(
        transitions(run, schemes.B)
          .filter(({ from }) => absorbing(from))
          .map(({ chain }) => chain),
      );
      const runs = schemes.B.of(run, "final").filter(({ label, chain }) => absorbing(label) || leaving.has(chain));
      return [fraction("runs that leave such a level", runs, ({ chain }) => leaving.has(chain), { below: 0.2 })];
    },
  }),
  claim("scheme-R-outcomes", "appendix: more SGD runs, Gaussian start", {
    statement:
      "From N(0, 1) more than half of the runs end at the 4- or the 5-gon, vestigial biases or not, the 5-gon oftener than the 4-gon, and fewer than one in six at the 6-gon.",
    routes: {
      measured: "minibatch training of an ensemble",
      predicted: "shares stated from an independent ensemble of 90 runs: 78, of which 43 at the 5-gon, and 1",
      kind: "bound",
    },
    studies: [schemes.R],
    measure: run => {
      const finals = schemes.R.of(run, "final");
      const polygons = finals.filter(among("4", "4+", "4++", "5", "5+"));
      return [
        fraction("ends at the 4- or the 5-gon", finals, among("4", "4+", "4++", "5", "5+"), { above: 0.5 }),
        fraction("of these at the 5-gon", polygons, among("5", "5+"), { above: 0.5 }),
        fraction("ends at 6", finals, among("6"), { below: 1 / 6 }),
      ];
    },
  }),
];
