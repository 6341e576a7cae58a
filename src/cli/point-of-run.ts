import { callText } from "../call-text.ts";
import type { Settings } from "../contracts/field.ts";
import type { Protocol, ProtocolContext, SavedState } from "../contracts/protocol.ts";
import { LandauError } from "../errors.ts";
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

/**
 * The weights at the end of training of a run's first chain. Runs keep what was observed and not the weights: training is done again, to the same bits.
 * Throws a LandauError of kind "input" for a run of another system, or one that trains nothing.
 */
export const pointOfRun = async (system: string, at: string, runs: string): Promise<PointOfRun> => {
  const { readRun } = await import("../lab/node/runs.ts");
  const { id, spec } = readRun(at, runs);
  if (spec.system !== system)
    throw new LandauError(
      "input",
      `--at ${at} is run ${id} of ${spec.system}, not of ${system}: ${callText(`coefficient ${spec.system} --at ${at}`)}`,
    );
  const { protocols } = await findSystem(system);
  const study = spec.studies.find(({ protocol }) => protocol === "train");
  const w = study && endOf(protocols.train, study.settings, spec.seed);
  if (!w)
    throw new LandauError(
      "input",
      `--at ${at} is run ${id}, which has no end of training (${spec.studies.map(({ protocol }) => protocol).join(", ")}): ${callText(`train ${system}`)} makes one`,
    );
  return { run: id, w, settings: study.settings, seed: spec.seed };
};

const endOf = ({ run, plan }: Protocol, settings: Settings, seed: number): Float64Array | undefined => {
  if (plan) return undefined;
  let saved: SavedState = {};
  const context: ProtocolContext = {
    record() {},
    snapshot() {},
    save(state) {
      saved = state();
    },
    saved: undefined,
    progress() {},
  };
  run({ settings, seed, chain: 0 }, context);
  return saved.w instanceof Float64Array ? saved.w : undefined;
};
