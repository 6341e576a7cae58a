import { type Controls, choice, integer, type NumberField, number, type ValuesOf } from "../contracts/field.ts";
import type { JsonObject } from "../contracts/json.ts";
import type { Learner } from "../contracts/learner.ts";
import type { Member, ProtocolContext, ProtocolOf } from "../contracts/protocol.ts";
import { invalid } from "../errors.ts";
import { stream } from "../numerics/stream.ts";
import { sweepValues } from "../numerics/sweep-values.ts";
import type { Observation } from "../transitions/order/table.ts";
import { moveRuleOf, stepSizeControl } from "./move-rule.ts";

/** The sweep that is made when nothing is said. */
export interface AnnealDefaults {
  readonly values?: number;
  readonly steps?: number;
  readonly settle?: number;
  readonly paces?: number;
  readonly spacing?: "linear" | "log";
}

const sweepControls = (
  { sweeps }: Pick<Learner, "sweeps">,
  { values = 25, steps = 400, settle = 2000, paces = 1, spacing = "linear" }: AnnealDefaults,
) => {
  const names = Object.keys(sweeps);
  const { from, to } = sweeps[names[0]]!;
  return {
    control: choice("setting that is swept", names, { default: names[0] }),
    from: number("its first value", { default: from, min: -1e6, max: 1e6 }),
    to: number("its last value, from where the sweep returns", { default: to, min: -1e6, max: 1e6 }),
    values: integer("values of the control, ends included", { default: values, min: 2, max: 100_000 }),
    spacing: choice("values equally spaced, or by equal factors", ["linear", "log"], { default: spacing }),
    steps: integer("steps at each value", { default: steps, min: 1, max: 100_000_000, scale: "log" }),
    settle: integer("steps at the first value before a sweep begins", { default: settle, min: 0, max: 100_000_000 }),
    paces: integer("sweeps up and down, each at a quarter of the speed before", { default: paces, min: 1, max: 6 }),
    kick: number("standard deviation added to each parameter before each value of the way back", {
      default: 1e-3,
      min: 0,
      max: 10,
    }),
  } as const;
};

type SweepControls = ReturnType<typeof sweepControls>;

type Observed<Seen> = {
  readonly control: number;
  readonly loss: number;
  readonly order: number;
  readonly label: string;
} & Seen;

/** What an annealing records. */
export type AnnealRecords<Seen> = {
  /** A value of the control: `pace` is the number of steps made there. */
  readonly sweep: { readonly pace: number; readonly direction: "up" | "down" } & Observed<Seen>;
  readonly final: Observed<Seen>;
};

/** Settings of an annealing beside the learner's own. */
type SweepValues = ValuesOf<SweepControls> & { readonly stepSize: number };

export type AnnealProtocol<Declared extends Controls, Seen> = ProtocolOf<
  Declared & SweepControls & { readonly stepSize: NumberField & { readonly default: number } },
  AnnealRecords<Seen>
>;

/**
 * The protocol `anneal`: up through the values of a control and down again, the state carried along, at one pace or several. Each value
 * leaves a record `sweep` with the pace, the direction and what the learner observes.
 */
export const anneal = <Declared extends Controls, Seen extends JsonObject>(
  learner: Learner<Declared, Seen>,
  { summary, ...defaults }: AnnealDefaults & { readonly summary?: string } = {},
  name = "anneal",
): AnnealProtocol<Declared, Seen> => {
  type Values = ValuesOf<Declared> & SweepValues;
  const sweeps = Object.keys(learner.sweeps);
  const move = moveRuleOf(learner);
  const gridOf = ({ from, to, values, spacing }: SweepValues) => sweepValues(from, to, values, spacing);
  /** The learner's own values, with another one for the control that is swept. */
  const at = (settings: Values, value: number): Values => ({ ...settings, [settings.control]: value });

  return {
    name,
    summary: summary ?? `sweep ${sweeps.join(" or ")} slowly up and down, the state carried along`,
    settings: { ...learner.controls, ...sweepControls(learner, defaults), ...stepSizeControl(learner) },
    small: { ...learner.small, values: 4, steps: 20, settle: 20 },

    check(settings: Values) {
      learner.check?.(settings);
      checkEnds(learner.controls, settings);
      gridOf(settings);
    },

    run({ settings, seed, chain }: Member<Values>, context: ProtocolContext<AnnealRecords<Seen>>) {
      const address = { seed, chain };
      const { from, values, steps, settle, paces, kick, control: swept } = settings;
      const noise = stream({ seed, chain, purpose: "kick" });
      const grid = gridOf(settings);
      const { saved } = context;
      let w: Float64Array = (saved?.w as Float64Array | undefined)?.slice() ?? new Float64Array();
      let stage = (saved?.stage as number | undefined) ?? 0;
      let loss = (saved?.loss as number | undefined) ?? 0;
      const seen = (value: number): Observed<Seen> => ({
        control: value,
        loss,
        ...learner.observe(at(settings, value), w, { ...address, loss, swept }),
      });
      const total = 2 * paces * values;
      for (let visited = (saved?.visited as number | undefined) ?? 0; visited < total; visited++) {
        const pace = Math.floor(visited / (2 * values));
        const stepsHere = steps << (2 * pace);
        const index = visited % values;
        const direction = visited % (2 * values) < values ? "up" : "down";
        if (visited % (2 * values) === 0) {
          w = learner.start(at(settings, grid[0]), address);
          if (settle > 0) move(at(settings, from), address, w, settle, stage++);
        }
        if (direction === "down" && kick > 0) {
          noise.at(pace * values + index);
          for (let i = 0; i < w.length; i++) w[i] += kick * noise.normal();
        }
        const value = grid[direction === "up" ? index : values - 1 - index];
        loss = move(at(settings, value), address, w, stepsHere, stage++);
        context.record("sweep", { pace: stepsHere, direction, ...seen(value) });
        context.save(() => ({ w, stage, loss, visited: visited + 1 }));
        context.progress((visited + 1) / total);
      }
      context.record("final", seen(grid[0]));
    },
  } as unknown as AnnealProtocol<Declared, Seen>;
};

/** A sweep may not leave the range of the control. */
const checkEnds = (controls: Controls, settings: SweepValues): void => {
  const swept = controls[settings.control];
  if (swept === undefined || swept.kind === "choice") return;
  const { min = -Infinity, max = Infinity } = swept;
  for (const end of ["from", "to"] as const) {
    const value = settings[end];
    if (!(value >= min && value <= max))
      throw invalid(end, value, `a value of ${settings.control}, from ${min} to ${max}`);
  }
};

/** The records `sweep` of an annealing as a table for the instrument of order. */
export const sweepTable = (
  records: readonly {
    readonly control: number;
    readonly pace: number;
    readonly direction: "up" | "down";
    readonly order: number;
    readonly chain: number;
    readonly label?: string;
  }[],
): Observation[] =>
  records.map(({ control, pace, direction, order, chain, label }) => ({
    control,
    pace,
    direction,
    chain,
    samples: [order],
    phase: label,
  }));
