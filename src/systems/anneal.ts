import type { Control, Controls, Settings } from "../contracts/control.ts";
import type { JsonObject } from "../contracts/json.ts";
import type { Objective } from "../contracts/objective.ts";
import type { Member, Protocol, RunRecord } from "../contracts/protocol.ts";
import { anneal, sweepValues } from "../learning/anneal.ts";
import { stream } from "../numerics/stream.ts";
import type { Observation } from "../transitions/order/table.ts";

/** A system that can be swept slowly through one of its controls. */
export interface Annealable {
  readonly summary: string;
  /** The system's own settings. */
  readonly settings: Controls;
  /** Names of the settings that can be swept; the first is the default. */
  readonly controls: readonly [string, ...string[]];
  /** The sweep that is made when nothing is said. */
  readonly defaults: { readonly from: number; readonly to: number; readonly stepSize: number };
  check?(settings: Settings): void;
  objective(settings: Settings, member: Member): Objective;
  start(settings: Settings, member: Member): Float64Array;
  /** What a state shows: `order` is the order parameter, `label` the phase, the rest what else is worth a record. */
  observe(
    settings: Settings,
    w: Float64Array,
    loss: number,
  ): JsonObject & { readonly order: number; readonly label: string };
}

const sweepControls = ({ controls, defaults }: Annealable): { readonly [name: string]: Control } => ({
  control: { kind: "choice", summary: "setting that is swept", default: controls[0], choices: controls },
  from: { kind: "number", summary: "its first value", default: defaults.from, min: -1e6, max: 1e6 },
  to: {
    kind: "number",
    summary: "its last value, from where the sweep returns",
    default: defaults.to,
    min: -1e6,
    max: 1e6,
  },
  values: { kind: "integer", summary: "values of the control, ends included", default: 25, min: 2, max: 100_000 },
  steps: {
    kind: "integer",
    summary: "steps of descent at each value",
    default: 400,
    min: 1,
    max: 100_000_000,
    scale: "log",
  },
  settle: {
    kind: "integer",
    summary: "steps at the first value before a sweep begins",
    default: 2000,
    min: 0,
    max: 100_000_000,
  },
  paces: {
    kind: "integer",
    summary: "sweeps up and down, each at a quarter of the speed before",
    default: 1,
    min: 1,
    max: 6,
  },
  stepSize: {
    kind: "number",
    summary: "step size of gradient descent",
    default: defaults.stepSize,
    min: 1e-9,
    max: 100,
    scale: "log",
  },
  kick: {
    kind: "number",
    summary: "standard deviation added to each parameter before each value of the way back",
    default: 1e-3,
    min: 0,
    max: 10,
  },
});

/**
 * The protocol `anneal`: gradient descent up through the values of a control and down again, at one pace or several. Each value leaves a record
 * `sweep` with the pace (steps at a value), the direction and what the system observes.
 */
export const annealProtocol = (system: Annealable): Protocol => ({
  name: "anneal",
  summary: system.summary,
  settings: { ...system.settings, ...sweepControls(system) },
  check: settings => system.check?.(settings),

  run(member, context) {
    const { settings, seed, chain } = member;
    const { from, to, values, steps, settle, paces, stepSize, kick } = settings as { [name: string]: number };
    const name = settings.control as string;
    const noise = stream({ seed, chain, purpose: "kick" });
    const grid = sweepValues(from, to, values);
    const at = (value: number): Settings => ({ ...settings, [name]: value });
    let visited = 0;
    let last: JsonObject = {};
    for (let pace = 0; pace < paces; pace++) {
      const w = system.start(at(grid[0]), member);
      const stepsHere = steps << (2 * pace);
      if (settle > 0)
        anneal({
          values: [from],
          objective: value => system.objective(at(value), member),
          stepSize,
          steps: settle,
          w,
          visit: () => {},
        });
      for (const direction of ["up", "down"] as const)
        anneal({
          values: direction === "up" ? grid : grid.slice().reverse(),
          objective: value => system.objective(at(value), member),
          stepSize,
          steps: stepsHere,
          w,
          kick(state, index) {
            if (direction === "up" || kick === 0) return;
            noise.at(pace * values + index);
            for (let i = 0; i < state.length; i++) state[i] += kick * noise.normal();
          },
          visit({ value, w: state, loss }) {
            last = { control: value, loss, ...system.observe(at(value), state, loss) };
            context.record("sweep", { pace: stepsHere, direction, ...last });
            visited++;
            context.progress(visited / (2 * paces * values));
          },
        });
    }
    context.record("final", last);
  },
});

/** The records `sweep` of an annealing as a table for the instrument of order. */
export const sweepTable = (records: readonly RunRecord[]): Observation[] =>
  records.map(({ control, pace, direction, order, chain }) => ({
    control: control as number,
    pace: pace as number,
    direction: direction as "up" | "down",
    chain,
    samples: [order as number],
  }));
