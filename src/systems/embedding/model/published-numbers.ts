import type { NamedArrays } from "../../../learning/networks/named-arrays.ts";
import { fillLegacyNormals, legacyChoice, mersenneTwister, uniform24 } from "../../../numerics/mersenne-twister.ts";
import type { Task } from "./tasks.ts";

/** The source's code draws everything at this seed. */
export const PUBLISHED_SEED = 58;

/** Standard normal targets, row-major, from a generator of their own. */
export const publishedTargets = (seed: number, labels: number, outputs: number): Float64Array => {
  const targets = new Float64Array(labels * outputs);
  fillLegacyNormals(mersenneTwister(seed), targets);
  return targets;
};

/** The start of the source's code: one sequence of words, embeddings first. */
export const publishedStart = (seed: number, layout: NamedArrays, startScale = 1): Float64Array => {
  const word = mersenneTwister(seed);
  const w = new Float64Array(layout.size);
  drawEmbeddings(word, layout, w, startScale);
  drawDecoder(word, layout, w);
  return w;
};

/**
 * What the notebooks behind the source's maps of 100 000 steps draw before what they use: normals for inputs, and an encoder; each has a seed of its own. Found by
 * step counts, which are published, for seeds and orders of drawing.
 */
const figurePrograms = {
  regression: { seed: 58, inputs: 10 * 30, encoderInputs: 10 },
  classification: { seed: 6, inputs: 10 * 19, encoderInputs: 10 },
  permutations: { seed: 0, inputs: 0, encoderInputs: 1 },
} as const;

export const figureProgramOf = (task: "addition" | "permutations", loss: "regression" | "classification") =>
  figurePrograms[task === "permutations" ? task : loss];
type FigureProgram = ReturnType<typeof figureProgramOf>;

/** Targets, labels x outputs (none where outputs is 0), and the training pairs, drawn after them. */
export const figureProblem = (
  { seed, inputs }: FigureProgram,
  { pairs, labels }: Task,
  { trainPairs, outputs }: { readonly trainPairs: number; readonly outputs: number },
): { readonly targets: Float64Array; readonly trained: Uint8Array } => {
  const word = mersenneTwister(seed);
  const normals = new Float64Array(inputs + labels * outputs);
  fillLegacyNormals(word, normals);
  const trained = new Uint8Array(pairs.length);
  for (const place of legacyChoice(word, pairs.length, trainPairs)) trained[place] = 1;
  return { targets: normals.slice(inputs), trained };
};

/** The start of those notebooks: an encoder, as deep and wide as the decoder, that is not used; the decoder; embeddings. */
export const figureStart = (
  { seed, encoderInputs }: FigureProgram,
  layout: NamedArrays,
  {
    dimensions,
    width,
    startScale,
  }: { readonly dimensions: number; readonly width: number; readonly startScale: number },
): Float64Array => {
  const word = mersenneTwister(seed);
  const encoder = (encoderInputs + 1) * width + (width + 1) * width + (width + 1) * dimensions;
  for (let i = 0; i < encoder; i++) word();
  const w = new Float64Array(layout.size);
  drawDecoder(word, layout, w);
  drawEmbeddings(word, layout, w, startScale);
  return w;
};

/** Uniform between -1/2 and 1/2, times a scale. */
const drawEmbeddings = (word: () => number, layout: NamedArrays, w: Float64Array, scale: number): void => {
  const { E } = layout.views(w);
  for (let i = 0; i < E.length; i++) E[i] = scale * (uniform24(word) - 0.5);
};

/** Layer by layer, weights row by row of [outputs, inputs], then biases, uniform between -+1/sqrt(inputs). */
const drawDecoder = (word: () => number, layout: NamedArrays, w: Float64Array): void => {
  const views = layout.views(w);
  const shapes = Object.fromEntries(layout.parameters.map(({ name, shape }) => [name, shape]));
  for (const layer of [1, 2, 3]) {
    const [inputs, outputs] = shapes[`W${layer}`];
    const bound = Math.sqrt(inputs);
    const next = () => (2 * uniform24(word) - 1) / bound;
    const weights = views[`W${layer}`];
    for (let o = 0; o < outputs; o++) for (let i = 0; i < inputs; i++) weights[i * outputs + o] = next();
    const biases = views[`b${layer}`];
    for (let o = 0; o < outputs; o++) biases[o] = next();
  }
};
