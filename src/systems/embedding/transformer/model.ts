import type { Node as TracedNode } from "../../../engine/graph/node.ts";
import { type Model, model } from "../../../engine/model.ts";
import type { Data } from "../../../experiments/data.ts";
import { adam } from "../../../learning/adam.ts";
import type { ParameterGroup } from "../../../learning/parameter-groups.ts";
import type { TransformerValues } from "./controls.ts";

/** Name of the array of embeddings. */
export const EMBEDDINGS = "embeddings";

/**
 * A decoder-only transformer on the two residues of a pair, without a token for the operation; the answer is read at the second. Normalisation before each
 * branch, dropout behind it. The loss is the mean cross-entropy in nats; `logits` for every pair, beside it.
 */
export const transformerModel = (
  at: Pick<TransformerValues, "modulus" | "width" | "layers" | "heads" | "expansion" | "startScale" | "normalisation">,
  dropout: number,
): Model =>
  model((m, { pair, answer }) => {
    const { modulus, width, layers, heads, expansion, startScale, normalisation } = at;
    const count = pair.shape[0];
    const normalised = (name: string, a: TracedNode) => (normalisation === "layer" ? m.layerNorm(name, a) : a);
    const table = m.parameter(EMBEDDINGS, [modulus, width], { normal: startScale });
    let state = m.add(m.gather(table, pair), m.parameter("positions", [2, width], { normal: 0.02 }));
    for (let layer = 1; layer <= layers; layer++) {
      const named = (part: string) => `layer ${layer} ${part}`;
      const attended = m.selfAttention(named("attention"), normalised(named("norm 1"), state), {
        heads,
        causal: true,
      });
      state = m.add(state, m.dropout(attended, dropout));
      // Of the last layer the answer needs the second residue alone.
      if (layer === layers) state = m.slice(state, [0, 1, 0], [count, 1, width]);
      const hidden = m.gelu(m.linear(named("hidden"), normalised(named("norm 2"), state), expansion * width));
      state = m.add(state, m.dropout(m.linear(named("output"), hidden, width), dropout));
    }
    const last = normalised("norm", m.reshape(state, [count, width]));
    const logits = m.linear("logits", last, modulus);
    return { loss: m.crossEntropy(logits, answer), logits };
  });

/** Pairs by number, first residue times the modulus plus the second, as data of the model. */
export const pairData = (modulus: number, numbers: Int32Array): Data => ({
  pair: {
    shape: [numbers.length, 2],
    data: Int32Array.from({ length: 2 * numbers.length }, (_, i) => {
      const number = numbers[i >> 1];
      return i % 2 === 0 ? Math.floor(number / modulus) : number % modulus;
    }),
  },
  answer: numbers.map(number => (Math.floor(number / modulus) + (number % modulus)) % modulus),
});

/** AdamW twice: for the embeddings and for the decoder, each with a rate and a decay of its own. */
export const optimisersOf = (
  at: Pick<TransformerValues, "embeddingRate" | "decoderRate" | "weightDecay" | "embeddingDecay">,
): readonly ParameterGroup[] => [
  { parameters: EMBEDDINGS, optimiser: adam({ stepSize: at.embeddingRate, weightDecay: at.embeddingDecay }) },
  { parameters: "*", optimiser: adam({ stepSize: at.decoderRate, weightDecay: at.weightDecay }) },
];
