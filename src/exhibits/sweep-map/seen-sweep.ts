import type { Controls } from "../../contracts/field.ts";
import type { Learner } from "../../contracts/learner.ts";
import type { RunRecord } from "../../contracts/protocol.ts";
import type { RunView } from "../../contracts/run-view.ts";
import { type AxisSettings, axesOf } from "../../protocols/sweep-axes.ts";
import { type SweepMap, sweepMap } from "../../protocols/sweep-cells.ts";
import type { SeenStudy } from "../seen-study.ts";

/** A study of the protocol `sweep`, with what is known of it. */
export interface SeenSweep {
  readonly study: SeenStudy<"cell", RunRecord>;
  /** The settings of its protocol. */
  readonly controls: Controls;
  /** Absent for a model of one's own. */
  readonly learner?: Learner | undefined;
}

export const axesIn = ({ study }: SeenSweep, run: RunView) => axesOf(study.settings(run) as unknown as AxisSettings);

export const mapOf = (seen: SeenSweep, run: RunView): SweepMap =>
  sweepMap(seen.study.of(run, "cell"), axesIn(seen, run));

/** The learner, where its theory speaks of what was swept: all its controls are settings of the sweep. */
export const theoristOf = ({ learner, controls }: SeenSweep): Learner | undefined =>
  learner && Object.keys(learner.controls).every(name => name in controls) ? learner : undefined;
