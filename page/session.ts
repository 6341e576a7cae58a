import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { defaultsOf, isAllowed, type Settings } from "../src/contracts/field.ts";
import type { Learner } from "../src/contracts/learner.ts";
import type { System } from "../src/contracts/system.ts";
import { isLandauError } from "../src/errors.ts";
import type { LabLink } from "../src/lab/link.ts";
import { LIVE } from "../src/protocols/live.ts";
import type { Frame } from "./frame.ts";
import { openingOf } from "./words.ts";
import type { LiveReply, LiveRequest } from "./workers/live-messages.ts";

export type Status = "loading" | "playing" | "paused" | "ended" | "failed";

/** The end of the worker that plays; made by the browser, absent while the page is drawn at build time. */
export interface LivePort {
  post(request: LiveRequest): void;
  onReply(handler: (reply: LiveReply) => void): void;
}

/** What the screen of a system that learns shows and does. */
export interface Session {
  readonly system: System;
  readonly learner: Learner;
  /** Names of the controls under the thumb. */
  readonly knobs: readonly string[];
  readonly knob: Signal<string>;
  /** Settings of the protocol `live`, complete. */
  readonly values: Signal<Settings>;
  readonly seed: Signal<number>;
  readonly status: Signal<Status>;
  /** Frames since the start, the oldest thinned out; the array changes, `tick` tells. */
  readonly frames: readonly Frame[];
  readonly tick: ReadonlySignal<number>;
  /** Step that is looked back at; null for the latest. */
  readonly looked: Signal<number | null>;
  /** The latest frame up to the step that is looked at. */
  readonly frame: ReadonlySignal<Frame | undefined>;
  /** Its place among the frames. */
  place(): number;
  /** Values of controls at which the pointer is in a picture: all others show the same place. */
  readonly pointed: Signal<Pointed | null>;
  /** Whether values changed on the way, so that the run from its start at these values would be another. */
  readonly carried: Signal<boolean>;
  /** What went wrong, in words; empty when nothing did. */
  readonly error: Signal<string>;
  /** Predicted order parameter at the values; null where theory has none. */
  readonly predicted: ReadonlySignal<number | null>;
  /** Critical values of the knob within its range. */
  readonly critical: ReadonlySignal<readonly number[]>;
  set(name: string, value: number | string): void;
  play(): void;
  pause(): void;
  step(): void;
  reset(): void;
  newSeed(): void;
  /** Jumps to a value far from here, the state carried along. */
  quench(): void;
  link(): LabLink;
}

/** Values by the names of controls. */
export interface Pointed {
  readonly [control: string]: number;
}

const MOST_FRAMES = 1200;

export const createSession = (system: System, link?: LabLink): Session => {
  const learner = system.learner!;
  const controls = system.protocols[LIVE].settings;
  const usual = { ...defaultsOf(controls), ...openingOf(system.name).settings };
  const isLive = link?.protocol === LIVE;
  const given = link
    ? Object.fromEntries(
        Object.entries(link.settings).filter(([name, value]) => controls[name] && isAllowed(controls[name], value)),
      )
    : {};
  const knobs = Object.keys(learner.sweeps);
  const values = signal<Settings>(link ? { ...(isLive ? defaultsOf(controls) : usual), ...given } : usual);
  const opening = openingOf(system.name).knob;
  const knob = signal(opening && knobs.includes(opening) ? opening : knobs[0]);
  const seed = signal(link?.seed ?? 0);
  const status = signal<Status>("loading");
  const tick = signal(0);
  const looked = signal<number | null>(null);
  const pointed = signal<Pointed | null>(null);
  const carried = signal(false);
  const error = signal("");
  const frames: Frame[] = [];
  let id = 0;
  let port: LivePort | undefined;

  const guarded = <Value>(what: () => Value, otherwise: Value): Value => {
    try {
      return what();
    } catch (cause) {
      if (!isLandauError(cause)) throw cause;
      return otherwise;
    }
  };

  const start = (): void => {
    batch(() => {
      frames.length = 0;
      looked.value = null;
      carried.value = false;
      error.value = "";
      if (status.value !== "playing") status.value = "paused";
      tick.value++;
    });
    port?.post({ type: "start", id: ++id, system: system.name, settings: values.value, seed: seed.value });
    if (status.value === "playing") port?.post({ type: "play" });
  };

  let isTold = false;
  /** Frames that come between two pictures of the screen are told at once. */
  const keep = (frame: Frame): void => {
    frames.push(frame);
    if (frames.length > MOST_FRAMES) for (let i = 1; i < frames.length; i++) frames.splice(i, 1);
    if (isTold) return;
    isTold = true;
    requestAnimationFrame(() => {
      isTold = false;
      tick.value++;
    });
  };

  const placeNow = (): number => {
    const step = looked.value;
    if (step === null) return frames.length - 1;
    let [low, high] = [0, frames.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (frames[middle].step <= step) low = middle;
      else high = middle - 1;
    }
    return low;
  };

  const session: Session & { attach(port: LivePort): void } = {
    system,
    learner,
    knobs,
    ...{ knob, values, seed, status, frames, tick, looked, pointed, carried, error },
    place: placeNow,
    frame: computed(() => {
      tick.value;
      return frames[placeNow()];
    }),
    predicted: computed(() => guarded(() => learner.order.theory?.(values.value as never, knob.value) ?? null, null)),
    critical: computed(() =>
      guarded(() => {
        const { low, high } = rangeOf(session, knob.value);
        return (learner.critical?.(values.value as never)[knob.value] ?? []).filter(at => at >= low && at <= high);
      }, []),
    ),

    set(name, value) {
      if (!isAllowed(controls[name], value) || values.value[name] === value) return;
      const next = { ...values.value, [name]: value };
      try {
        learner.check?.(next as never);
      } catch (cause) {
        if (!isLandauError(cause)) throw cause;
        error.value = cause.message;
        return;
      }
      error.value = "";
      values.value = next;
      if (!knobs.includes(name) || status.value === "failed") return start();
      port?.post({ type: "carry", settings: next });
      if (frames.length > 1) carried.value = true;
      // A run that had come to its end goes on under the new value.
      if (status.value === "ended") session.play();
      else if (frames.length <= 1 && status.value !== "playing") start();
    },
    play() {
      if (status.value === "failed") return;
      looked.value = null;
      if (status.value === "ended") port?.post({ type: "carry", settings: values.value });
      status.value = "playing";
      port?.post({ type: "play" });
    },
    pause() {
      if (status.value === "playing") status.value = "paused";
      port?.post({ type: "pause" });
    },
    step() {
      if (status.value === "failed") return;
      looked.value = null;
      status.value = "paused";
      port?.post({ type: "step" });
    },
    reset: start,
    newSeed() {
      seed.value = (seed.value + 1) % 1_000_000;
      start();
    },
    quench() {
      const { low, high } = rangeOf(session, knob.value);
      const now = Number(values.value[knob.value]);
      session.set(knob.value, tidy(now - low < high - now ? high : low));
      session.play();
    },
    link: () => ({ system: system.name, protocol: LIVE, seed: seed.value, chains: 1, settings: values.value }),

    attach(made) {
      port = made;
      port.onReply(reply => {
        if (reply.id !== id) return;
        if (reply.type === "frame") keep(reply.frame);
        else if (reply.type === "ended") status.value = "ended";
        else {
          status.value = "failed";
          error.value = reply.message;
        }
      });
      start();
    },
  };
  return session;
};

/** Gives a session the worker that plays it. */
export const attach = (session: Session, port: LivePort): void =>
  (session as Session & { attach(port: LivePort): void }).attach(port);

/** The ends of a knob and whether it runs by equal factors. */
export const rangeOf = (
  { learner }: Pick<Session, "learner">,
  name: string,
): { readonly low: number; readonly high: number; readonly isLog: boolean } => {
  const { from, to } = learner.sweeps[name] ?? { from: 0, to: 1 };
  const control = learner.controls[name];
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  return { low, high, isLog: low > 0 && ((control.kind !== "choice" && control.scale === "log") || high / low >= 100) };
};

/** So many digits as a slider can tell apart. */
export const tidy = (value: number): number => Number(value.toPrecision(4));
