import { type Controls, choice, integer, number, type ValuesOf } from "../../contracts/field.ts";
import { invalid } from "../../errors.ts";
import { allPairs, MOST_SYMBOLS, markedPairs } from "./theory/pairs.ts";

const rate = (summary: string, value: number) => number(summary, { default: value, min: 1e-9, max: 10, scale: "log" });

/** The problem, the network and the recipe; the defaults are those of the source's code. */
export const embeddingControls = {
  task: choice("what is learned: addition, i + j of unordered pairs without a modulus; permutations, products in S3", [
    "addition",
    "permutations",
  ]),
  loss: choice("regression on a random vector for each answer, or classification of the answers", [
    "regression",
    "classification",
  ]),
  symbols: integer("symbols to be added; S3 has 6 permutations", { default: 10, min: 3, max: MOST_SYMBOLS }),
  trainPairs: integer("training pairs; the others are tested on", { default: 45, min: 1, max: 1000 }),
  split: choice(
    "training pairs: ideal, drawn until all others can be known from them; random, as they are drawn; published, those of the source's code; figure, those of its maps of 100 000 steps",
    ["ideal", "random", "published", "figure"],
  ),
  numbers: choice(
    "random numbers of start and targets: the seed's own, those of the source's code, or of its maps of 100 000 steps",
    ["own", "published", "figure"],
  ),
  dimensions: integer("numbers of an embedding of addition; permutations have 9", { default: 1, min: 1, max: 64 }),
  width: integer("width of the decoder's two hidden layers", { default: 200, min: 1, max: 4096, scale: "log" }),
  outputs: integer("coordinates of the targets of regression", { default: 30, min: 1, max: 1000 }),
  startScale: number("scale of the embeddings at the start, relative to the source's", {
    default: 1,
    min: 0,
    max: 1000,
  }),
  embeddingRate: rate("learning rate of the embeddings", 1e-3),
  decoderRate: rate("learning rate of the decoder", 1e-4),
  weightDecay: number("decoupled weight decay of the decoder", { default: 0, min: 0, max: 1000 }),
  embeddingDecay: number("decoupled weight decay of the embeddings", { default: 0, min: 0, max: 1000 }),
} as const satisfies Controls;

export type EmbeddingValues = ValuesOf<typeof embeddingControls>;

/** Pairs of the source's code that are held out, at seed 58. */
export const publishedTest = [
  [0, 2],
  [0, 4],
  [1, 5],
  [1, 7],
  [2, 4],
  [4, 4],
  [4, 6],
  [5, 5],
  [5, 8],
  [5, 9],
] as const;

/** The pairs that the source's code trains on, as marks. */
export const publishedTraining = (): Uint8Array => {
  const held = new Set(publishedTest.map(pair => pair.join()));
  return markedPairs(
    10,
    allPairs(10).filter(pair => !held.has(pair.join())),
  );
};

/** What the source's code draws its numbers for. */
const published = { task: "addition", symbols: 10, trainPairs: 45 } as const;
const figure = { addition: { symbols: 10, trainPairs: 45 }, permutations: { trainPairs: 24 } } as const;

/** Refuses values that are each in range but do not go together. */
export const checkValues = (at: EmbeddingValues): void => {
  const { task, symbols, trainPairs, split, numbers, dimensions } = at;
  const pairs = task === "addition" ? (symbols * (symbols + 1)) / 2 : 36;
  if (trainPairs >= pairs) throw invalid("trainPairs", trainPairs, `at most ${pairs - 1} of the ${pairs} pairs`);
  const labels = task === "addition" ? 2 * symbols - 1 : 6;
  if (split === "ideal" && trainPairs < labels)
    throw invalid("trainPairs", trainPairs, `at least ${labels}, one for each answer, or split random`);
  for (const [source, wanted] of [
    ["published", published],
    ["figure", figure[task]],
  ] as const) {
    const which = split === source ? "split" : numbers === source ? "numbers" : undefined;
    for (const [name, value] of Object.entries(wanted))
      if (which && at[name as keyof typeof published] !== value)
        throw invalid(name, at[name as keyof typeof published], `${value} where ${which} is ${source}`);
  }
  if (numbers !== "own" && task === "addition" && dimensions !== 1)
    throw invalid("dimensions", dimensions, `1 where numbers are ${numbers}`);
};
