import type { Controls, ValuesOf } from "../contracts/field.ts";
import type { JsonObject } from "../contracts/json.ts";
import type { Learner, Seen } from "../contracts/learner.ts";
import type { Address, Protocol } from "../contracts/protocol.ts";
import { moveAt } from "./move-rule.ts";
import { LIVE_MAP, sweep } from "./sweep.ts";
import { train } from "./train.ts";

/** The protocol of this name trains the learner itself, with its own controls: what the browser lab plays. */
export const LIVE = "live";

/** Steps of a live run, and between two looks at it, when nothing is said. */
const STEPS = 4000;
const EVERY = 20;

/** The protocol `live`: the learner by its own rule or by gradient descent, looked at every few steps. */
export const live = <Declared extends Controls, Shown extends JsonObject>(
  learner: Learner<Declared, Shown>,
): Protocol => ({
  ...(train(learner, {
    summary: "train the learner itself, as the browser lab plays it",
    steps: STEPS,
    every: EVERY,
    spacing: "linear",
  }) as unknown as Protocol),
  name: LIVE,
});

/** The protocol `live-map`: phases in which live runs end, over one or two controls. */
export const liveMap = <Declared extends Controls, Shown extends JsonObject>(
  learner: Learner<Declared, Shown>,
): Protocol => ({
  ...sweep(live(learner), ascending(learner.sweeps)),
  name: LIVE_MAP,
  summary: "map the phases in which live runs end, over one or two controls",
});

/** A slow sweep may begin at the upper end; an axis may not. */
const ascending = (sweeps: Learner["sweeps"]): Learner["sweeps"] =>
  Object.fromEntries(
    Object.entries(sweeps).flatMap(([name, range]) =>
      range ? [[name, { from: Math.min(range.from, range.to), to: Math.max(range.from, range.to) }]] : [],
    ),
  );

/** Settings of a live run: those of the learner, and how far apart it is looked at. */
export type LiveValues<Declared extends Controls> = ValuesOf<Declared> & {
  readonly every: number;
  readonly stepSize?: number;
};

/** Where a live run stands; all that it needs to go on. */
export interface LiveState {
  /** Parameters, moved in place. */
  readonly w: Float64Array;
  readonly step: number;
  /** Looks that were made; numbers the moves. */
  readonly stage: number;
  readonly loss: number;
}

/** Where a live run begins. */
export const liveStart = <Declared extends Controls>(
  learner: Learner<Declared>,
  settings: LiveValues<Declared>,
  address: Address,
): LiveState => {
  const w = learner.start(settings, address);
  return { w, step: 0, stage: 0, loss: learner.objective(settings, address).loss(w) };
};

/**
 * The next look at a live run. At unchanged settings the looks are the checkpoints of the protocol `live`, bit for bit; at others the state is carried
 * along, as in a slow sweep. Throws a LandauError of kind "diverged".
 */
export const liveNext = <Declared extends Controls>(
  learner: Learner<Declared>,
  settings: LiveValues<Declared>,
  address: Address,
  state: LiveState,
): LiveState => liveMoves(learner, settings, address)(state);

/** The same for many looks at settings that stay: what they need is made once. */
export const liveMoves = <Declared extends Controls>(
  learner: Learner<Declared>,
  settings: LiveValues<Declared>,
  address: Address,
): ((state: LiveState) => LiveState) => {
  const move = moveAt(learner, settings, address);
  const { every } = settings;
  return ({ w, step, stage }) => ({ w, step: step + every, stage: stage + 1, loss: move(w, every, stage) });
};

/** What is seen of a live run where it stands. */
export const liveLook = <Declared extends Controls, Shown>(
  learner: Learner<Declared, Shown>,
  settings: LiveValues<Declared>,
  address: Address,
  { w, loss }: LiveState,
): Seen<Shown> => ({ loss, ...learner.observe(settings, w, { ...address, loss }) });
