import type { Settings } from "../../src/contracts/field.ts";
import type { Learner } from "../../src/contracts/learner.ts";
import type { Objective } from "../../src/contracts/objective.ts";
import { isLandauError } from "../../src/errors.ts";
import { type LiveState, type LiveValues, liveLook, liveNext, liveStart } from "../../src/protocols/live.ts";
import { loadSystem } from "../../src/systems/index.ts";
import { rayAt } from "../frame.ts";
import type { LiveReply, LiveRequest } from "./live-messages.ts";

/** Milliseconds between two looks while it plays. */
const BEAT = 1000 / 40;

type Values = LiveValues<Record<string, never>> & Settings;

interface Run {
  readonly id: number;
  readonly learner: Learner;
  readonly seed: number;
  settings: Values;
  state: LiveState;
  /** Step at which the values changed last: a run goes on for its steps from there. */
  since: number;
}

let run: Run | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
/** What was asked for while a system was being loaded. */
let isPlaying = false;
let latest = 0;

const post = (reply: LiveReply, transfer: Transferable[] = []): void => self.postMessage(reply, { transfer });

const addressOf = ({ seed }: Run) => ({ seed, chain: 0 });

const show = (own: Run): void => {
  const { learner, settings, state, id } = own;
  const look = liveLook(learner, settings, addressOf(own), state);
  const w = state.w.slice();
  const objective = learner.objective(settings, addressOf(own));
  const ray = rayOf(objective, w);
  const { parameters } = objective;
  const { order, label, loss } = look;
  post(
    {
      type: "frame",
      id,
      frame: { step: state.step, order, label, loss, seen: { ...look }, w, parameters, ray, at: settings },
    },
    [w.buffer, ray.buffer],
  );
};

const rayOf = (objective: Objective, w: Float64Array): Float64Array => {
  const moved = new Float64Array(w.length);
  return Float64Array.from(rayAt, times => {
    for (let i = 0; i < w.length; i++) moved[i] = times * w[i];
    return objective.loss(moved);
  });
};

/** One look on; whether there may be another. */
const advance = (): boolean => {
  const own = run;
  if (!own) return false;
  try {
    own.state = liveNext(own.learner, own.settings, addressOf(own), own.state);
    show(own);
  } catch (error) {
    fail(own.id, error);
    return false;
  }
  if (own.state.step - own.since < Number(own.settings.steps)) return true;
  isPlaying = false;
  post({ type: "ended", id: own.id });
  return false;
};

const fail = (id: number, error: unknown): void => {
  isPlaying = false;
  const message = isLandauError(error)
    ? error.message
    : `a fault of the page: ${error instanceof Error ? error.message : error}`;
  post({ type: "failed", id, message });
};

const beat = (): void => {
  clearTimeout(timer);
  if (!isPlaying || !run) return;
  const begun = performance.now();
  if (advance() && isPlaying) timer = setTimeout(beat, Math.max(0, BEAT - (performance.now() - begun)));
};

const start = async ({ id, system, settings, seed }: Extract<LiveRequest, { type: "start" }>): Promise<void> => {
  latest = id;
  run = undefined;
  clearTimeout(timer);
  try {
    const { learner } = await loadSystem(system);
    if (!learner || latest !== id) return;
    const values = settings as Values;
    learner.check?.(values);
    run = { id, learner, seed, settings: values, state: liveStart(learner, values, { seed, chain: 0 }), since: 0 };
    show(run);
    beat();
  } catch (error) {
    if (latest === id) fail(id, error);
  }
};

self.onmessage = ({ data }: MessageEvent<LiveRequest>) => {
  if (data.type === "start") {
    isPlaying = false;
    void start(data);
  } else if (data.type === "carry") {
    if (!run) return;
    run.settings = data.settings as Values;
    run.since = run.state.step;
  } else if (data.type === "play") {
    isPlaying = true;
    beat();
  } else {
    isPlaying = false;
    clearTimeout(timer);
    if (data.type === "step") advance();
  }
};
