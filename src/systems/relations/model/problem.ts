import type { Address } from "../../../contracts/protocol.ts";
import { type NamedArrays, namedArrays } from "../../../learning/networks/named-arrays.ts";
import { randomMarks } from "../../../numerics/marks.ts";
import { stream } from "../../../numerics/stream.ts";
import { type Loss, type Mode, type RelationsValues, trainCountOf } from "../controls.ts";
import { matrixOf, type Relation, relationOf } from "../theory/relation.ts";
import type { Unit } from "./units.ts";

/** Layers of tanh of some widths, or one unit that is made for the relation. */
export type Decoder = { readonly widths: readonly number[] } | Unit;

export interface Network {
  readonly mode: Mode;
  readonly loss: Loss;
  readonly dimensions: number;
  readonly decoder: Decoder;
}

/** A relation of which some pairs are revealed, and the network that is to complete it. */
export interface Problem extends Network {
  readonly relation: Relation;
  /** Whether each ordered pair is related, and whether it is trained on. */
  readonly matrix: Uint8Array;
  readonly trained: Uint8Array;
  /** All ordered pairs, those of training first, each in its order. */
  readonly order: Int32Array;
  readonly trainCount: number;
  readonly layout: NamedArrays;
  /** Names of the decoder's weights and biases, layer after layer, the output last. */
  readonly layers: readonly { readonly weights: string; readonly biases: string; readonly inputs: number }[];
}

export const problemOf = (relation: Relation, trained: Uint8Array, network: Network): Problem => {
  const n = relation.symbols;
  const { mode, dimensions, decoder } = network;
  const inputs = mode === "concat" ? 2 * dimensions : dimensions;
  // What a unit says is scaled and shifted once.
  const sizes = typeof decoder === "string" ? [1, 1] : [inputs, ...decoder.widths, 1];
  const layers = sizes.slice(1).map((_, l) => ({ weights: `W${l + 1}`, biases: `b${l + 1}`, inputs: sizes[l] }));
  const shapes = layers.flatMap(({ weights, biases }, l): [string, number[]][] => [
    [weights, [sizes[l], sizes[l + 1]]],
    [biases, [sizes[l + 1]]],
  ]);
  const places = Array.from(trained.keys());
  const train = places.filter(place => trained[place] === 1);
  return {
    ...network,
    relation,
    matrix: matrixOf(relation),
    trained,
    order: Int32Array.from([...train, ...places.filter(place => trained[place] === 0)]),
    trainCount: train.length,
    layout: namedArrays({ E: [n, dimensions], ...Object.fromEntries(shapes) }),
    layers,
  };
};

export const relationAt = ({ relation, symbols, classes, side }: RelationsValues): Relation =>
  relationOf({ relation, n: symbols, k: classes, a: side });

/** The problem of a member: its own random training pairs. */
export const problemAt = (at: RelationsValues, address: Address): Problem => {
  const { symbols, mode, loss, dimensions, depth, width } = at;
  const decoder = at.decoder === "layers" ? { widths: new Array<number>(depth).fill(width) } : at.decoder;
  const random = stream({ ...address, purpose: "training pairs" });
  const trained = randomMarks(symbols * symbols, trainCountOf(at), random);
  return problemOf(relationAt(at), trained, { mode, loss, dimensions, decoder });
};

/** The start of a member: normal embeddings; weights and biases uniform between -+1/sqrt(inputs). */
export const startAt = (
  { startScale }: RelationsValues,
  { layout, layers }: Problem,
  address: Address,
): Float64Array => {
  const w = new Float64Array(layout.size);
  const { E, ...decoder } = layout.views(w);
  stream({ ...address, purpose: "embeddings" }).normals(E);
  for (let i = 0; i < E.length; i++) E[i] *= startScale;
  const random = stream({ ...address, purpose: "decoder" });
  for (const { weights, biases, inputs } of layers)
    for (const view of [decoder[weights], decoder[biases]])
      for (let i = 0; i < view.length; i++) view[i] = (2 * random.uniform() - 1) / Math.sqrt(inputs);
  return w;
};
