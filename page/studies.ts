import { type Signal, signal } from "@preact/signals";
import { defaultsOf, type Settings } from "../src/contracts/field.ts";
import type { System } from "../src/contracts/system.ts";
import { isLandauError } from "../src/errors.ts";
import { type LabLink, specOfLink } from "../src/lab/link.ts";
import type { Spec } from "../src/lab/spec.ts";
import { LIVE_MAP } from "../src/protocols/sweep.ts";
import { rangeOf, type Session } from "./session.ts";
import type { FinishedRun, StudyRun } from "./workers/run-spec.ts";

/** A run that was asked for, and how far it is. */
export interface Slot {
  readonly state: "idle" | "running" | "done" | "failed";
  readonly run?: StudyRun;
  readonly finished?: FinishedRun;
  readonly link?: LabLink;
  /** In [0, 1]. */
  readonly done: number;
  readonly error?: string;
}

export interface StudySlot {
  readonly slot: Signal<Slot>;
  start(link: LabLink): Promise<void>;
  startSpec(spec: Spec, link?: LabLink): Promise<void>;
  cancel(): void;
}

const IDLE: Slot = { state: "idle", done: 0 };

/** Runs one study after the other: a new one ends the one before. */
export const createSlot = (): StudySlot => {
  const slot = signal<Slot>(IDLE);
  let controller: AbortController | undefined;
  const startSpec = async (spec: Spec, link?: LabLink): Promise<void> => {
    controller?.abort();
    const own = new AbortController();
    controller = own;
    slot.value = { state: "running", done: 0, ...(link && { link }) };
    try {
      const { runSpec } = await import("./workers/run-spec.ts");
      const finished = await runSpec(spec, {
        signal: own.signal,
        onRecords(run, done) {
          if (controller === own) slot.value = { ...slot.value, run, done };
        },
      });
      if (controller === own) slot.value = { ...slot.value, state: "done", run: finished, finished, done: 1 };
    } catch (error) {
      if (controller !== own) return;
      if (isLandauError(error, "cancelled")) slot.value = { ...slot.value, state: "idle" };
      else
        slot.value = { ...slot.value, state: "failed", error: error instanceof Error ? error.message : String(error) };
    }
  };
  return {
    slot,
    startSpec,
    start: link => startSpec(specOfLink(link), link),
    cancel() {
      controller?.abort();
      controller = undefined;
      slot.value = { ...slot.value, state: "idle" };
    },
  };
};

/** Settings of the learner that a protocol has too, the ones that are swept left out. */
const shared = ({ values, learner, system }: Session, protocol: string, without: readonly string[]): Settings => {
  const known = system.protocols[protocol].settings;
  return Object.fromEntries(
    Object.entries(values.value).filter(
      ([name]) =>
        (Object.hasOwn(learner.controls, name) || name === "stepSize") &&
        Object.hasOwn(known, name) &&
        !without.includes(name),
    ),
  );
};

/** Values of a sweep, and steps at each, that take seconds. */
const SWEEP = { values: 41, steps: 200, settle: 400 };

/** A slow sweep of the knob up and down at the values that are set. */
export const sweepLink = (session: Session): LabLink => {
  const { system, knob, seed, learner } = session;
  const { from, to } = learner.sweeps[knob.value]!;
  const { isLog } = rangeOf(session, knob.value);
  const usual = defaultsOf(system.protocols.anneal.settings);
  return {
    system: system.name,
    protocol: "anneal",
    seed: seed.value,
    chains: 1,
    settings: {
      ...shared(session, "anneal", []),
      ...{ control: knob.value, from, to, spacing: isLog ? "log" : "linear", values: SWEEP.values, paces: 1 },
      steps: Math.min(Number(usual.steps), learner.move ? Number(usual.steps) : SWEEP.steps),
      settle: Math.min(Number(usual.settle), SWEEP.settle),
    },
  };
};

/** Sides of maps: a power of two and one, so that they can be halved. */
const SIDE = 17;
const MEASURED = { columns: 13, seeds: 4 };
const STEPS = 2000;

/** Runs from several seeds at values of the knob. */
export const measureLink = (session: Session): LabLink => {
  const { system, knob, seed } = session;
  return {
    system: system.name,
    protocol: LIVE_MAP,
    seed: seed.value,
    chains: 1,
    settings: {
      ...shared(session, LIVE_MAP, [knob.value]),
      ...axis(session, "x", knob.value),
      ...{ columns: MEASURED.columns, seeds: MEASURED.seeds, yControl: "none", stop: "end", steps: STEPS },
    },
  };
};

/** The other control of a map: the first that is swept besides the knob. */
export const acrossOf = ({ knobs, knob }: Session): string | undefined => knobs.find(name => name !== knob.value);

/** A map of two controls whose runs are made where they tell most of the boundary. */
export const mapLink = (session: Session): LabLink | undefined => {
  const { system, knob, seed } = session;
  const across = acrossOf(session);
  if (across === undefined) return undefined;
  return {
    system: system.name,
    protocol: LIVE_MAP,
    seed: seed.value,
    chains: 1,
    settings: {
      ...shared(session, LIVE_MAP, [knob.value, across]),
      ...axis(session, "x", knob.value),
      ...axis(session, "y", across),
      ...{ columns: SIDE, rows: SIDE, seeds: 2, design: "adaptive", steps: STEPS },
    },
  };
};

const axis = (session: Session, name: "x" | "y", control: string): Settings => {
  const { low, high, isLog } = rangeOf(session, control);
  return {
    [`${name}Control`]: control,
    [`${name}From`]: low,
    [`${name}To`]: high,
    [`${name}Scale`]: isLog ? "log" : "linear",
  };
};

/** Without settings that the protocol does not have. */
export const trimmed = (link: LabLink, system: System): LabLink => {
  const known = system.protocols[link.protocol].settings;
  return {
    ...link,
    settings: Object.fromEntries(Object.entries(link.settings).filter(([name]) => Object.hasOwn(known, name))),
  };
};
