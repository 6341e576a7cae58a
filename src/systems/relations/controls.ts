import { type Controls, choice, integer, number, type ValuesOf } from "../../contracts/field.ts";
import { invalid } from "../../errors.ts";
import { relationNames } from "./theory/relation.ts";

const rate = (summary: string, value: number) => number(summary, { default: value, min: 1e-9, max: 10, scale: "log" });

/** How two embeddings are joined: end to end, as their difference, or as the squares of its entries. */
export const modes = ["concat", "diff", "sqdiff"] as const;
export type Mode = (typeof modes)[number];

/** Outputs are logits under cross-entropy, and probabilities under the mean squared error. */
export const losses = ["cross-entropy", "squared"] as const;
export type Loss = (typeof losses)[number];

/** The relation, the network and the recipe; the defaults are the source's where it gives them. */
export const relationsControls = {
  relation: choice("relation: equal remainders (mod), i < j (order), on different sides (bipartite)", relationNames),
  symbols: integer("symbols; every ordered pair of them is a sample", { default: 30, min: 2, max: 200 }),
  classes: integer("classes of mod", { default: 3, min: 2, max: 200 }),
  side: integer("symbols on one side, of bipartite", { default: 10, min: 1, max: 199 }),
  trainFraction: number("share of the pairs that is trained on; the others are tested on", {
    default: 0.75,
    min: 0.001,
    max: 0.999,
  }),
  mode: choice("the decoder is given both embeddings, their difference, or its squares", modes),
  decoder: choice(
    "layers of tanh; one unit that knows what the relation is like (ideal), or that unit as a secondary source has it",
    ["layers", "ideal", "transcribed"],
  ),
  loss: choice("cross-entropy of the logit, or squared error of the output", losses),
  dimensions: integer("numbers of an embedding", { default: 2, min: 1, max: 64 }),
  depth: integer("hidden layers of the decoder", { default: 3, min: 0, max: 12 }),
  width: integer("width of each of them", { default: 50, min: 1, max: 4096, scale: "log" }),
  startScale: number("standard deviation of the embeddings at the start", { default: 0.5, min: 0, max: 1000 }),
  embeddingRate: rate("learning rate of the embeddings", 1e-3),
  decoderRate: rate("learning rate of the decoder", 1e-3),
  weightDecay: number("decoupled weight decay of the decoder", { default: 0, min: 0, max: 1000 }),
  embeddingDecay: number("decoupled weight decay of the embeddings", { default: 0, min: 0, max: 1000 }),
} as const satisfies Controls;

export type RelationsValues = ValuesOf<typeof relationsControls>;

/** Pairs that are trained on. */
export const trainCountOf = ({ symbols, trainFraction }: Pick<RelationsValues, "symbols" | "trainFraction">): number =>
  Math.round(trainFraction * symbols * symbols);

/** Refuses values that are each in range but do not go together. */
export const checkValues = (at: RelationsValues): void => {
  const { relation, symbols, classes, side, mode, decoder, trainFraction } = at;
  if (relation === "mod" && classes > symbols) throw invalid("classes", classes, `at most the ${symbols} symbols`);
  if (relation === "bipartite" && side >= symbols)
    throw invalid("side", side, `at most ${symbols - 1} of the ${symbols} symbols`);
  const count = trainCountOf(at);
  if (count < 1 || count >= symbols * symbols)
    throw invalid("trainFraction", trainFraction, `a share that leaves pairs on both sides of ${symbols * symbols}`);
  if (decoder === "layers") return;
  const wanted = relation === "order" ? "diff" : "sqdiff";
  if (mode !== wanted)
    throw invalid("mode", mode, `${wanted} where the decoder is one unit and the relation ${relation}`);
};
