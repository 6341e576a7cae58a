import { type Controls, choice, integer, number, type ValuesOf } from "../../../contracts/field.ts";
import { invalid } from "../../../errors.ts";

const rate = (summary: string, value: number) => number(summary, { default: value, min: 1e-9, max: 10, scale: "log" });

/** The modular-addition transformer. The source leaves depth, heads, rates and training share open: the defaults are common ones. */
export const transformerControls = {
  modulus: integer("residues to be added, an odd prime", { default: 53, min: 3, max: 199 }),
  trainFraction: number("share of the ordered pairs that is trained on", { default: 0.5, min: 0.01, max: 0.99 }),
  width: integer("numbers of an embedding, and of a state between layers", { default: 256, min: 2, max: 1024 }),
  layers: integer("layers, each of attention and a perceptron", { default: 1, min: 1, max: 8 }),
  heads: integer("heads of attention, which share the width", { default: 4, min: 1, max: 64 }),
  expansion: integer("width of the perceptron, as a multiple of that of states", { default: 4, min: 1, max: 16 }),
  normalisation: choice("layer normalisation before each branch and at the end, or none", ["layer", "none"]),
  startScale: number("standard deviation of the embeddings at the start", { default: 1, min: 1e-6, max: 100 }),
  embeddingRate: rate("learning rate of the embeddings", 1e-3),
  decoderRate: rate("learning rate of all else", 1e-3),
  weightDecay: number("decoupled weight decay of all but the embeddings", { default: 0, min: 0, max: 1000 }),
  embeddingDecay: number("decoupled weight decay of the embeddings", { default: 0, min: 0, max: 1000 }),
  dropout: number("share of numbers that is dropped at each step, of every branch", { default: 0, min: 0, max: 0.95 }),
} as const satisfies Controls;

export type TransformerValues = ValuesOf<typeof transformerControls>;

/** Refuses values that are each in range but do not go together. */
export const checkTransformer = ({ modulus, width, heads, trainFraction }: TransformerValues): void => {
  if (modulus % 2 === 0 || !isPrime(modulus)) throw invalid("modulus", modulus, "an odd prime");
  if (width % heads !== 0) throw invalid("heads", heads, `a number that divides the width ${width}`);
  const pairs = modulus * modulus;
  const count = Math.round(trainFraction * pairs);
  if (count < 1 || count >= pairs)
    throw invalid("trainFraction", trainFraction, `a share that leaves pairs on both sides of the ${pairs}`);
};

const isPrime = (n: number): boolean => {
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false;
  return true;
};
