import type { Control, Controls, Settings } from "../contracts/field.ts";
import type { JsonObject } from "../contracts/json.ts";
import type { Objective } from "../contracts/objective.ts";
import type { Member, Protocol, RunRecord } from "../contracts/protocol.ts";
import { invalid, isLandauError, LandauError } from "../errors.ts";
import { descend } from "../learning/descend.ts";
import { gradientDescent } from "../learning/gradient-descent.ts";
import { fullBatch } from "../learning/gradients.ts";
import { stream } from "../numerics/stream.ts";
import { sweepValues } from "../numerics/sweep-values.ts";
import type { Observation } from "../transitions/order/table.ts";

/** The sweep that is made when nothing is said; what is left out is as in `sweepControls`. */
interface SweepDefaults {
  readonly from: number;
  readonly to: number;
  readonly values?: number;
  readonly steps?: number;
  readonly settle?: number;
  readonly paces?: number;
  readonly spacing?: "linear" | "log";
}

/** A system that can be swept slowly through one of its controls. */
interface Sweepable {
  readonly summary: string;
  /** The system's own settings. */
  readonly settings: Controls;
  /** Names of the settings that can be swept; the first is the default. */
  readonly controls: readonly [string, ...string[]];
  readonly defaults: SweepDefaults;
  check?(settings: Settings): void;
  start(settings: Settings, member: Member): Float64Array;
  /** What a state shows: `order` is the order parameter, `label` the phase, the rest what else is worth a record. */
  observe(
    settings: Settings,
    w: Float64Array,
    loss: number,
    member: Member,
  ): JsonObject & { readonly order: number; readonly label: string };
}

/** A system that moves by a rule of its own. */
export interface Driven extends Sweepable {
  /**
   * Moves `w` in place by a number of steps and returns the loss where they end. `stage` numbers the stages of a run from 0: what random
   * numbers are addressed by.
   */
  move(settings: Settings, member: Member, w: Float64Array, steps: number, stage: number): number;
}

/** A system that is swept by gradient descent. */
export interface Annealable extends Sweepable {
  readonly defaults: SweepDefaults & { readonly stepSize: number };
  objective(settings: Settings, member: Member): Objective;
}

const sweepControls = ({ controls, defaults }: Sweepable): { readonly [name: string]: Control } => ({
  control: { kind: "choice", summary: "setting that is swept", default: controls[0], choices: controls },
  from: { kind: "number", summary: "its first value", default: defaults.from, min: -1e6, max: 1e6 },
  to: {
    kind: "number",
    summary: "its last value, from where the sweep returns",
    default: defaults.to,
    min: -1e6,
    max: 1e6,
  },
  values: {
    kind: "integer",
    summary: "values of the control, ends included",
    default: defaults.values ?? 25,
    min: 2,
    max: 100_000,
  },
  spacing: {
    kind: "choice",
    summary: "values equally spaced, or by equal factors",
    default: defaults.spacing ?? "linear",
    choices: ["linear", "log"],
  },
  steps: {
    kind: "integer",
    summary: "steps at each value",
    default: defaults.steps ?? 400,
    min: 1,
    max: 100_000_000,
    scale: "log",
  },
  settle: {
    kind: "integer",
    summary: "steps at the first value before a sweep begins",
    default: defaults.settle ?? 2000,
    min: 0,
    max: 100_000_000,
  },
  paces: {
    kind: "integer",
    summary: "sweeps up and down, each at a quarter of the speed before",
    default: defaults.paces ?? 1,
    min: 1,
    max: 6,
  },
  kick: {
    kind: "number",
    summary: "standard deviation added to each parameter before each value of the way back",
    default: 1e-3,
    min: 0,
    max: 10,
  },
});

const gridOf = ({ from, to, values, spacing }: Settings): Float64Array =>
  sweepValues(from as number, to as number, values as number, spacing as "linear" | "log");

/**
 * The protocol `anneal`: up through the values of a control and down again, the state carried along, at one pace or several. Each value
 * leaves a record `sweep` with the pace (steps at a value), the direction and what the system observes.
 */
export const sweepProtocol = (system: Driven): Protocol => ({
  name: "anneal",
  summary: system.summary,
  settings: { ...system.settings, ...sweepControls(system) },
  check: settings => {
    system.check?.(settings);
    checkEnds(system, settings);
    gridOf(settings);
  },

  run(member, context) {
    const { settings, seed, chain } = member;
    const { from, values, steps, settle, paces, kick } = settings as { [name: string]: number };
    const name = settings.control as string;
    const noise = stream({ seed, chain, purpose: "kick" });
    const grid = gridOf(settings);
    const at = (value: number): Settings => ({ ...settings, [name]: value });
    let stage = 0;
    let visited = 0;
    let last: JsonObject = {};
    for (let pace = 0; pace < paces; pace++) {
      const w = system.start(at(grid[0]), member);
      const stepsHere = steps << (2 * pace);
      if (settle > 0) system.move(at(from), member, w, settle, stage++);
      for (const direction of ["up", "down"] as const)
        (direction === "up" ? grid : grid.slice().reverse()).forEach((value, index) => {
          if (direction === "down" && kick > 0) {
            noise.at(pace * values + index);
            for (let i = 0; i < w.length; i++) w[i] += kick * noise.normal();
          }
          const loss = system.move(at(value), member, w, stepsHere, stage++);
          last = { control: value, loss, ...system.observe(at(value), w, loss, member) };
          context.record("sweep", { pace: stepsHere, direction, ...last });
          visited++;
          context.progress(visited / (2 * paces * values));
        });
    }
    context.record("final", last);
  },
});

/** Sweeps by gradient descent. */
export const annealProtocol = ({ objective, ...system }: Annealable): Protocol =>
  sweepProtocol({
    ...system,
    settings: {
      ...system.settings,
      stepSize: {
        kind: "number",
        summary: "step size of gradient descent",
        default: system.defaults.stepSize,
        min: 1e-9,
        max: 100,
        scale: "log",
      },
    },
    move(settings, member, w, steps) {
      const stepSize = settings.stepSize as number;
      const loss = objective(settings, member);
      try {
        descend({
          gradients: fullBatch(loss),
          optimiser: gradientDescent({ rate: stepSize }),
          w,
          checkpoints: [steps],
          visit: () => {},
        });
      } catch (cause) {
        if (!isLandauError(cause, "diverged")) throw cause;
        const control = settings.control as string;
        throw new LandauError(
          "diverged",
          `descent leaves the finite numbers at ${control} = ${settings[control]} with stepSize ${stepSize}: needs a smaller one`,
          { cause },
        );
      }
      return loss.loss(w);
    },
  });

/** A sweep may not leave the range of the control. */
const checkEnds = ({ settings: controls }: Sweepable, settings: Settings): void => {
  const swept = controls[settings.control as string];
  if (swept?.kind === "choice") return;
  const { min = -Infinity, max = Infinity } = swept ?? {};
  for (const end of ["from", "to"] as const) {
    const value = settings[end] as number;
    if (!(value >= min && value <= max))
      throw invalid(end, value, `a value of ${settings.control}, from ${min} to ${max}`);
  }
};

/** The records `sweep` of an annealing as a table for the instrument of order. */
export const sweepTable = (records: readonly RunRecord[]): Observation[] =>
  records.map(({ control, pace, direction, order, chain }) => ({
    control: control as number,
    pace: pace as number,
    direction: direction as "up" | "down",
    chain,
    samples: [order as number],
  }));
