import { integer } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { powerBySquaring } from "../../../numerics/power.ts";
import { stream } from "../../../numerics/stream.ts";
import { learnedWeights, predicted, randomTruth, tokenSample } from "../model/classifier.ts";
import { clumped, countRight, exactMatches } from "../model/sequences.ts";

/** Tokens of the targets into which test tokens are cut. */
export const LENGTHS = [2, 5, 10, 20, 40, 100] as const;
/** Of those whose errors are made to come in clumps. */
export const CLUMPED_LENGTH = 10;

export type ScaleRecord = {
  /** Training tokens. */
  readonly N: number;
  readonly tokens: number;
  /** Test tokens that are right. */
  readonly right: number;
  /** Targets that are right, by LENGTHS. */
  readonly exact: readonly number[];
  /** Tokens and targets of CLUMPED_LENGTH that are right when half of the targets succeed or fail as a block. */
  readonly clumpedRight: number;
  readonly clumpedExact: number;
};

export const classifiersProtocol = protocol<{ sample: ScaleRecord }>()({
  name: "classifiers",
  summary: "softmax regression on training sets that double; accuracy of tokens, and of targets of several tokens",
  settings: {
    first: integer("training tokens of the smallest model", { default: 40, min: 5, max: 1_000_000, scale: "log" }),
    scales: integer("models, each with twice the training tokens", { default: 10, min: 6, max: 16 }),
    tokens: integer("test tokens", { default: 40_000, min: 400, max: 10_000_000, scale: "log" }),
    steps: integer("steps of gradient descent with momentum", { default: 50, min: 1, max: 100_000, scale: "log" }),
  },
  small: { scales: 6, tokens: 400, steps: 2 },
  run({ settings, seed, chain }, context) {
    const { first, scales, tokens, steps } = settings;
    const random = (purpose: string, step = 0) => stream({ seed, chain, purpose, step });
    const truth = randomTruth(random("truth"));
    const test = tokenSample(tokens, truth, random("test tokens"));
    for (let i = 0; i < scales; i++) {
      const N = first * powerBySquaring(2, i);
      const w = learnedWeights(tokenSample(N, truth, random("training tokens", i)), steps);
      const right = predicted(w, test.inputs, tokens).map((own, token) => (own === test.classes[token] ? 1 : 0));
      const blocks = clumped(right, CLUMPED_LENGTH, random("blocks", i));
      context.record("sample", {
        N,
        tokens,
        right: countRight(right),
        exact: LENGTHS.map(length => exactMatches(right, length)),
        clumpedRight: countRight(blocks),
        clumpedExact: exactMatches(blocks, CLUMPED_LENGTH),
      });
      // Each model costs as much as all before it.
      context.progress(powerBySquaring(2, i + 1) / powerBySquaring(2, scales));
    }
  },
});
