import type { Settings } from "../../../contracts/field.ts";
import type { Member } from "../../../contracts/protocol.ts";
import { invalid } from "../../../errors.ts";
import { stream } from "../../../numerics/stream.ts";
import { annealProtocol } from "../../anneal.ts";
import { decayed } from "../../decayed.ts";
import { evaluator } from "../evaluation.ts";
import { sizeOf, weightsOf } from "../model/layout.ts";
import { checkPrimeModulus } from "../model/modulus.ts";
import { modularObjective } from "../model/objective.ts";
import { pairsAt, type Split, splitPairs, trainCount } from "../model/pairs.ts";
import { learnedPhase, varyingShare } from "../phases.ts";
import { namedPoints } from "../points.ts";
import { constantNeuron } from "../theory/constant-phase.ts";
import { controls } from "./controls.ts";
import { referenceSeeds } from "./train.ts";

/** Where a sweep can begin: at a named point (the teacher is none, as its targets are its own), or at the constant phase. */
const starts: { readonly [name: string]: Pick<(typeof namedPoints)[string], "summary" | "additionOnly" | "at"> } = {
  ...Object.fromEntries(Object.entries(namedPoints).filter(([, { teacher }]) => !teacher)),
  constant: {
    summary: "one neuron with the same output for every answer, further neurons dead",
    additionOnly: false,
    at: ({ p, K }) => {
      const w = new Float64Array(sizeOf({ p, K }));
      // The minimum without decay.
      for (const rows of Object.values(weightsOf(w, { p, K }))) rows.fill(constantNeuron(p), 0, p);
      return { p, K, w };
    },
  },
};

const numbers = (settings: Settings) => settings as { readonly [name: string]: number };

/** Nothing is left to test on when the whole table is trained on. */
const splitOf = (settings: Settings, { seed, chain }: Member): Split => {
  const { p, trainFraction } = numbers(settings);
  if (trainFraction < 1) return splitPairs(p, trainFraction, referenceSeeds(seed, chain).split);
  return { train: Int32Array.from({ length: p * p }, (_, i) => i), test: new Int32Array() };
};

const trainingPairs = (settings: Settings, member: Member) =>
  pairsAt(numbers(settings).p, settings.op as string, splitOf(settings, member).train);

const startingPoint = (settings: Settings, member: Member): Float64Array => {
  const { p, K, spread } = numbers(settings);
  const { seed, chain } = member;
  const point = starts[settings.start as string].at({
    p,
    K,
    seed: referenceSeeds(seed, chain).split,
    pairs: trainingPairs(settings, member),
  });
  const random = stream({ seed, chain, purpose: "start" });
  return point.w.map(value => value + spread * random.normal());
};

/**
 * Slow sweeps of weight decay on the table or a part of it. Outputs are cubic in the weights, so that zero is a minimum at every decay and
 * what is lost does not come back; last to go is the constant phase.
 */
export const annealModular = annealProtocol({
  summary: "sweep weight decay slowly up and down: the table is lost first, then the constant output, by a jump",
  settings: {
    p: { ...controls.p, default: 7 },
    K: { ...controls.K, default: 24 },
    op: controls.op,
    trainFraction: {
      ...controls.trainFraction,
      summary: "share of the p^2 pairs that is trained on; 1 for the whole table",
      default: 1,
    },
    centred: controls.centred,
    weightDecay: {
      kind: "number",
      summary: "half of it times |w|^2 is added to the loss",
      default: 0.001,
      min: 0,
      max: 10,
    },
    start: {
      kind: "choice",
      summary: `where a sweep begins: ${Object.entries(starts)
        .map(([name, { summary }]) => `${name}, ${summary}`)
        .join("; ")}`,
      default: "six-phase",
      choices: Object.keys(starts),
    },
    spread: {
      kind: "number",
      summary: "standard deviation added to each parameter of the start",
      default: 0.01,
      min: 0,
      max: 10,
    },
  },
  controls: ["weightDecay"],
  defaults: { from: 0.001, to: 0.1, values: 34, steps: 400, paces: 2, stepSize: 0.3 },
  check(settings) {
    const { p, trainFraction } = numbers(settings);
    checkPrimeModulus(p);
    if (trainFraction !== 1) trainCount(p, trainFraction);
    const start = settings.start as string;
    if (starts[start].additionOnly && settings.op !== "add")
      throw invalid("op", settings.op, `add: the start ${start} answers a + b`);
    // The point itself refuses too few neurons.
    startingPoint(settings, { settings, seed: 0, chain: 0 });
  },
  objective(settings, member) {
    const { p, K, weightDecay } = numbers(settings);
    const pairs = trainingPairs(settings, member);
    return decayed(modularObjective({ p, K, pairs, centred: settings.centred === "yes" }), weightDecay);
  },
  start: startingPoint,
  observe(settings, w, _, member) {
    const { p, K } = numbers(settings);
    const split = splitOf(settings, member);
    const evaluate = evaluator({ p, K }, split, settings.op as string, settings.centred === "yes");
    const { trainLoss, testLoss, trainAccuracy, testAccuracy, normA, normB, normC, iprA, active } = evaluate(w);
    const order = Math.sqrt(normA + normB + normC);
    const tested = split.test.length > 0;
    return {
      order,
      trainLoss,
      testLoss: tested ? testLoss : null,
      trainAccuracy,
      testAccuracy: tested ? testAccuracy : null,
      participation: iprA,
      active,
      label: learnedPhase({
        norm: order,
        varying: varyingShare(w, { p, K }),
        trainAccuracy,
        testAccuracy: tested ? testAccuracy : trainAccuracy,
      }),
    };
  },
});
