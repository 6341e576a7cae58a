import { type Controls, isAllowed, needsOf, type Settings } from "../contracts/field.ts";
import type { JsonObject } from "../contracts/json.ts";
import type { Learner } from "../contracts/learner.ts";
import type { Protocol } from "../contracts/protocol.ts";
import { invalid } from "../errors.ts";
import { axesOf, gridOf, type SweepAxis } from "./sweep-axes.ts";
import { cellOf, endOf, type Shown } from "./sweep-cell.ts";
import { plannedPieces } from "./sweep-pieces.ts";
import { type DefaultAxis, firstOf, isNumeric, MOST, sweepControls, sweepSettings } from "./sweep-settings.ts";

export interface SweepOptions {
  readonly x?: DefaultAxis;
  readonly y?: DefaultAxis;
  /** Settings of training that differ from its own defaults, such as measurements that a map does not need. */
  readonly defaults?: Settings;
  /** What a run's end shows, where the names that training records are others than these. */
  readonly shown?: (final: JsonObject) => Shown;
}

/** The protocols of these names are sweeps: of training, and of the runs that the browser lab plays. */
export const SWEEP = "sweep";
export const LIVE_MAP = "live-map";

export const isSweep = (protocol: string): boolean => protocol === SWEEP || protocol === LIVE_MAP;

/**
 * The protocol `sweep`: runs of `train` over a grid of one or two of its controls, from several seeds each. Every run is a piece that its point and
 * seed name, so that a wider or finer map and more seeds keep what is there; it ends as soon as its phase is decided, where training can tell. A
 * cell has the bits of `train` at its settings, with its seed as chain.
 */
export const sweep = (
  train: Protocol,
  sweeps: Learner["sweeps"],
  { x, y, defaults = {}, shown = final => final }: SweepOptions = {},
): Protocol => {
  const names = Object.keys(train.settings).filter(name => isNumeric(train.settings[name]));
  const [first, second] = Object.entries(sweeps).flatMap(([control, range]) =>
    range && names.includes(control) ? [{ control, ...range }] : [],
  );
  const own = sweepControls(train.settings, names, x ?? first ?? firstOf(train), x ? y : (y ?? second));
  const planning = Object.keys(own).filter(name => name !== "xControl" && name !== "yControl");
  const twice = Object.keys(own).find(name => name in train.settings);
  if (twice !== undefined) throw new Error(`training has a setting ${twice}, which a sweep has too`);
  const { stop } = train.settings;
  const canDecide = stop?.kind === "choice" && stop.choices.includes("decided");
  const trained = withDefaults(train.settings, { ...(canDecide && { stop: "decided" }), ...defaults });

  /** Settings of training at a point. */
  const settingsAt = (settings: Settings, x: number, y: number | null): Settings => {
    const { xControl, yControl } = sweepSettings(settings);
    const at = Object.fromEntries(Object.keys(trained).map(name => [name, settings[name]]));
    return { ...at, [xControl]: x, ...(y !== null && { [yControl]: y }) };
  };

  return {
    name: SWEEP,
    summary: "train over a grid of one or two controls, from several seeds, and map the phases in which runs end",
    settings: { ...trained, ...own },
    small: { ...train.small, columns: 2, rows: 2, seeds: 1 },
    planning,

    check(settings) {
      const { design, seeds, ...layout } = sweepSettings(settings);
      const { x, y } = axesOf(layout);
      if (x.control === y?.control) throw invalid("yControl", y.control, "another control than x, or none");
      for (const axis of [x, y]) if (axis) checkValues(axis, trained, settings);
      if (layout.votes === "exact" && seeds > 1) throw invalid("seeds", seeds, "1 where votes are exact");
      const { columns, rows } = gridOf({ x, y });
      const runs = columns * rows * (design === "adaptive" ? 1 : seeds);
      if (runs > MOST.runs)
        throw invalid("the number of runs", runs, `at most ${MOST.runs}: fewer values or seeds, or another design`);
      // Along the edges: values that do not go together are most likely known by one of them.
      const [xs, ys] = [x.values, y?.values ?? [null]];
      for (const value of xs)
        for (const end of [ys[0], ys[ys.length - 1]]) train.check?.(settingsAt(settings, value, end));
      for (const value of ys)
        for (const end of [xs[0], xs[xs.length - 1]]) train.check?.(settingsAt(settings, end, value));
    },

    plan: plannedPieces,

    run({ settings, seed, chain, piece }, context) {
      const { x, y = null, seed: number } = piece as { x: number; y?: number; seed: number };
      const member = { settings: settingsAt(settings, x, y), seed, chain: chain * MOST.seeds + number };
      context.record("cell", cellOf({ x, y, seed: number }, endOf(train, member, context), shown));
    },
  };
};

const withDefaults = (controls: Controls, defaults: Settings): Controls =>
  Object.fromEntries(
    Object.entries(controls).map(([name, control]) => [
      name,
      name in defaults ? ({ ...control, default: defaults[name] } as typeof control) : control,
    ]),
  );

/** All values are in the range of the control, and nothing else is said of it. */
const checkValues = ({ control, values }: SweepAxis, controls: Controls, settings: Settings): void => {
  const field = controls[control];
  if (settings[control] !== field.default)
    throw invalid(control, settings[control], "no value of its own, as it is swept");
  const wrong = values.find(value => !isAllowed(field, value));
  if (wrong !== undefined) throw invalid(`${control} on an axis`, wrong, needsOf(field));
};
