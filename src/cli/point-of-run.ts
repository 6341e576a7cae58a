import { callText } from "../call-text.ts";
import type { Settings } from "../contracts/field.ts";
import type { JsonObject } from "../contracts/json.ts";
import type { Protocol, ProtocolContext } from "../contracts/protocol.ts";
import { LandauError } from "../errors.ts";
import { log } from "../numerics/elementary.ts";
import { findSystem } from "./find.ts";

/** Where training of a run ended. */
export interface PointOfRun {
  readonly run: string;
  readonly w: Float64Array;
  /** Those that the run was trained with. */
  readonly settings: Settings;
  readonly seed: number;
}

/** Whether a place names a run: the latest, or the folder of one. */
export const isRun = async (at: string): Promise<boolean> => {
  if (at === "last") return true;
  const [{ existsSync }, { join }] = await Promise.all([import("node:fs"), import("node:path")]);
  return existsSync(join(at, "run.json"));
};

/** A place that training of a run passed. */
export interface PassedPoint {
  readonly step: number;
  readonly w: Float64Array;
  /** Single numbers that were observed there, by name. */
  readonly seen: { readonly [name: string]: number };
}

/**
 * The weights at the end of training of a run's first chain. Runs keep what was observed and not the weights: training is done again, to the same bits.
 * Throws a LandauError of kind "input" for a run of another system, or one that trains nothing.
 */
export const pointOfRun = async (system: string, at: string, runs: string): Promise<PointOfRun> => {
  let end: Float64Array | undefined;
  const { run, settings, seed } = await followed(system, at, runs, ({ w }) => {
    end = w;
  });
  return { run, w: end!.slice(), settings, seed };
};

/** Checkpoints that are looked at along a run. */
const MOST_POINTS = 20;

/** Up to twenty places of the training of a run's first chain, even in the logarithm of the step, and the last. Errors as of `pointOfRun`. */
export const coursePoints = async (system: string, at: string, runs: string): Promise<PassedPoint[]> => {
  const steps: number[] = [];
  await followed(system, at, runs, ({ step }) => {
    if (step > 0) steps.push(step);
  });
  const wanted = evenlyChosen(steps);
  const points: PassedPoint[] = [];
  await followed(system, at, runs, ({ step, w, seen }) => {
    if (wanted.has(step)) points.push({ step, w: w.slice(), seen });
  });
  return points;
};

const evenlyChosen = (steps: readonly number[]): ReadonlySet<number> => {
  const [first, last] = [steps[0], steps[steps.length - 1]];
  const chosen = new Set([first, last]);
  for (let i = 1; i < MOST_POINTS - 1; i++) {
    const place = log(first) + (i / (MOST_POINTS - 1)) * (log(last) - log(first));
    chosen.add(steps.reduce((best, step) => (Math.abs(log(step) - place) < Math.abs(log(best) - place) ? step : best)));
  }
  return chosen;
};

/** Trains a run's first chain again; `visit` sees each checkpoint, with a `w` that the next overwrites. */
const followed = async (
  system: string,
  at: string,
  runs: string,
  visit: (point: PassedPoint) => void,
): Promise<Omit<PointOfRun, "w">> => {
  const { readRun } = await import("../lab/node/runs.ts");
  const { id, spec } = readRun(at, runs);
  if (spec.system !== system)
    throw new LandauError(
      "input",
      `${at} is run ${id} of ${spec.system}, not of ${system}: ${callText(`coefficient ${spec.system} --at ${at}`)}`,
    );
  const { protocols } = await findSystem(system);
  const study = spec.studies.find(({ protocol }) => protocol === "train");
  let visited = 0;
  if (study && !protocols.train.plan) {
    const { settings } = study;
    follow(protocols.train, settings, spec.seed, point => {
      visited++;
      visit(point);
    });
    if (visited > 0) return { run: id, settings, seed: spec.seed };
  }
  throw new LandauError(
    "input",
    `${at} is run ${id}, which has no end of training (${spec.studies.map(({ protocol }) => protocol).join(", ")}): ${callText(`train ${system}`)} makes one`,
  );
};

/** A checkpoint is recorded, and its state saved behind that. */
const follow = ({ run }: Protocol, settings: Settings, seed: number, visit: (point: PassedPoint) => void): void => {
  let row: JsonObject = {};
  const context: ProtocolContext = {
    record(kind, fields) {
      if (kind === "checkpoint") row = fields as JsonObject;
    },
    snapshot() {},
    save(state) {
      const { w } = state();
      if (!(w instanceof Float64Array)) return;
      const numbers = Object.entries(row).filter(([name, value]) => typeof value === "number" && !KNOWN.has(name));
      visit({ step: Number(row.step ?? 0), w, seen: Object.fromEntries(numbers) as PassedPoint["seen"] });
    },
    saved: undefined,
    progress() {},
  };
  run({ settings, seed, chain: 0 }, context);
};

/** Columns that stand in every table along training. */
const KNOWN: ReadonlySet<string> = new Set(["step", "epoch", "loss"]);
