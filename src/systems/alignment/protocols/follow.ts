import { choice, integer, number, type ValuesOf } from "../../../contracts/field.ts";
import type { Address, NamedArrays, ProtocolContext } from "../../../contracts/protocol.ts";
import { type NetworkValues, networkControls } from "../controls.ts";
import { firstPair, pointsOf } from "../model/data.ts";
import { networkModel } from "../model/network.ts";
import type { Trajectory } from "../theory/fit.ts";
import { type PairSeen, pairTraining } from "../training.ts";

/** How networks are trained, and how closely they are watched. */
export const followControls = {
  ...networkControls,
  dropout: number("share of the inputs of every layer that is left out at each step", { default: 0, min: 0, max: 0.9 }),
  stepSize: number("step size of gradient descent", { default: 0.02, min: 1e-12, max: 100, scale: "log" }),
  steps: integer("steps of training", { default: 2500, min: 1, max: 100_000_000, scale: "log" }),
  looks: integer("equally spaced steps at which the pair is seen", { default: 500, min: 4, max: 100_000 }),
  stop: number("loss, without dropout, at which training ends early", { default: 1e-5, min: 0, max: 1e6 }),
  precision: choice("precision of all arithmetic in training", ["f32", "f64"]),
} as const;

export type FollowValues = ValuesOf<typeof followControls>;

/** A trained network and what was seen of its first pair. */
export interface Followed {
  readonly seen: readonly PairSeen[];
  readonly parameters: NamedArrays;
}

/** Steps between two states that could be saved. */
const SLICE = 256;

/** Numbers of a look that are saved, besides those of the layers. */
const SAVED = ["step", "loss", "y", "w", "mean2"] as const;

/** Trains a member, and looks at its first pair at equally spaced steps, the first and the last included. */
export const follow = (
  settings: FollowValues,
  { seed, chain }: Address,
  context: Pick<ProtocolContext<object>, "save" | "saved" | "progress">,
  see: (state: PairSeen) => void = () => {},
): Followed => {
  const { steps, looks, stop, stepSize, precision, dropout, depth } = settings;
  const every = Math.max(1, Math.floor(steps / looks));
  const isWanted = (step: number) => step % every === 0 || step === steps;
  const recipe = {
    model: networkModel(settings, { dropout }),
    data: { ...pointsOf(settings) },
    stepSize,
    steps,
    precision,
  };
  const training = pairTraining(recipe, { seed, from: chain }, isWanted);
  const { saved } = context;
  const seen = saved ? readSeen(saved.seen as Float64Array, depth) : [];
  if (saved) training.restore(saved);
  let ended = false;
  for (let next = training.step; next <= steps && !ended; next = training.step) {
    training.advance(Math.min(steps, next + SLICE - 1), state => {
      if (ended) return;
      seen.push(state);
      see(state);
      ended = state.loss < stop;
    });
    if (!ended && training.step <= steps)
      context.save(() => ({ ...training.save(), seen: Float64Array.from(seen.flatMap(writeSeen)) }));
    context.progress(Math.min(1, training.step / steps));
  }
  return { seen, parameters: training.parameters() };
};

const writeSeen = (state: PairSeen): readonly number[] => [...SAVED.map(name => state[name]), ...state.layers];

const readSeen = (numbers: Float64Array, depth: number): PairSeen[] => {
  const length = SAVED.length + depth;
  return Array.from({ length: numbers.length / length }, (_, i) => {
    const own = numbers.subarray(i * length, (i + 1) * length);
    const named = Object.fromEntries(SAVED.map((name, k) => [name, own[k]]));
    return { ...named, layers: own.slice(SAVED.length) } as unknown as PairSeen;
  });
};

/** What was seen of a layer, as the theory's trajectory. */
export const trajectoryOf = (at: NetworkValues, seen: readonly PairSeen[], layer: number): Trajectory => ({
  ...firstPair(pointsOf(at)),
  t: seen.map(({ step }) => step),
  h: seen.map(({ layers }) => layers[layer]),
  y: seen.map(({ y }) => y),
  w: seen.map(({ w }) => w),
});
