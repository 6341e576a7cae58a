import { type Controls, choice, integer, isAllowed, needsOf, number, type Settings } from "../contracts/field.ts";
import type { Json, JsonObject } from "../contracts/json.ts";
import type { Learner } from "../contracts/learner.ts";
import type { Member, Piece, Protocol, ProtocolContext, RunRecord } from "../contracts/protocol.ts";
import { invalid, isLandauError, LandauError } from "../errors.ts";
import { stream } from "../numerics/stream.ts";
import type { Cell } from "../transitions/map/index.ts";
import { adaptiveRuns } from "./adaptive-runs.ts";
import { type AxisSettings, axesOf, gridOf, NO_AXIS, type SweepAxes, type SweepAxis, votesOf } from "./sweep-axes.ts";

/** One run of a sweep: where it is, in which phase it ended, and the numbers that training recorded at its end. */
export type CellRecord = {
  readonly x: number;
  /** Null in a sweep of one control. */
  readonly y: number | null;
  /** Number of the seed, from 0: what `chain` is to training alone. */
  readonly seed: number;
  /** The phase; "none" between phases, "diverged" for a run that left the finite numbers. */
  readonly label: string;
  /** Order parameter at the end; null where training records none, or diverged. */
  readonly order: number | null;
  readonly loss: number | null;
  /** Steps made; null where training does not say. */
  readonly steps: number | null;
  readonly [observed: string]: number | string | null;
};

export const DIVERGED = "diverged";

/** The axis of a sweep for which nothing is said. */
export interface DefaultAxis {
  readonly control: string;
  /** As the control says when absent, or by the ratio of the ends. */
  readonly scale?: "linear" | "log";
  readonly from: number;
  readonly to: number;
  readonly count?: number;
}

export interface SweepOptions {
  readonly x?: DefaultAxis;
  readonly y?: DefaultAxis;
  /** Settings of training that differ from its own defaults, such as measurements that a map does not need. */
  readonly defaults?: Settings;
  /** What a run's end shows, where the names that training records are others than these. */
  readonly shown?: (final: JsonObject) => Shown;
}

interface Shown {
  readonly label?: Json;
  readonly order?: Json;
  readonly loss?: Json;
}

const MOST = { side: 1024, seeds: 100_000 };

/** Ends this far apart suit equal factors. */
const FAR = 100;

const scaleOf = ({ control, scale, from, to }: DefaultAxis, controls: Controls): "linear" | "log" => {
  const field = controls[control];
  const isLog = field.kind !== "choice" && field.scale === "log";
  return scale ?? (from > 0 && (isLog || to / from >= FAR) ? "log" : "linear");
};

const sweepControls = (controls: Controls, names: readonly string[], x: DefaultAxis, y: DefaultAxis | undefined) =>
  ({
    xControl: choice("control along x", names, { default: x.control }),
    xScale: choice("columns equally spaced, or by equal factors", ["linear", "log"], {
      default: scaleOf(x, controls),
    }),
    xFrom: number("value in the first column", { default: x.from }),
    xTo: number("value in the last column", { default: x.to }),
    columns: integer("columns", { default: x.count ?? 9, min: 2, max: MOST.side }),
    yControl: choice("control along y", [NO_AXIS, ...names], { default: y?.control ?? NO_AXIS }),
    yScale: choice("rows equally spaced, or by equal factors", ["linear", "log"], {
      default: y ? scaleOf(y, controls) : "linear",
    }),
    yFrom: number("value in the first row", { default: y?.from ?? 0 }),
    yTo: number("value in the last row", { default: y?.to ?? 1 }),
    rows: integer("rows", { default: y?.count ?? 9, min: 2, max: MOST.side }),
    seeds: integer("runs at each cell; at most so many when the design is adaptive", {
      default: 1,
      min: 1,
      max: MOST.seeds,
    }),
    design: choice(
      "which runs are made: all; all in random order, as far as the budget goes; or those that tell most of where phases meet",
      ["grid", "random", "adaptive"],
    ),
    budget: integer("most runs of a random or adaptive design; 0 for as many as there are, or as it takes", {
      default: 0,
      min: 0,
      max: 1_000_000_000,
    }),
  }) as const satisfies Controls;

/** Settings that lay out a sweep beside those of training. */
export interface SweepSettings extends AxisSettings {
  readonly seeds: number;
  readonly design: "grid" | "random" | "adaptive";
  readonly budget: number;
}

/** The protocol of this name is a sweep. */
export const SWEEP = "sweep";

const isNumeric = ({ kind }: Controls[string]): boolean => kind === "number" || kind === "integer";

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
  const trained = withSettings(train.settings, { ...(canDecide && { stop: "decided" }), ...defaults });

  /** Settings of training at a point. */
  const settingsAt = (settings: Settings, x: number, y: number | null): Settings => {
    const { xControl, yControl } = settings as unknown as AxisSettings;
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
      const layout = settings as unknown as SweepSettings;
      const axes = axesOf(layout);
      if (axes.x.control === axes.y?.control)
        throw invalid("yControl", axes.y.control, "another control than x, or none");
      const [xs, ys] = [axes.x, axes.y].map(axis => axis && checkedValues(axis, trained, settings));
      for (const x of xs!) for (const y of ys ?? [null]) train.check?.(settingsAt(settings, x, y));
    },

    plan({ settings, seed, chain }, records, round) {
      const layout = settings as unknown as SweepSettings;
      const axes = axesOf(layout);
      if (layout.design === "adaptive") {
        const { seeds } = layout;
        const budget = layout.budget === 0 ? Infinity : layout.budget;
        // By its point, not by its place: a wider map begins with the same seeds.
        const firstSeed = ({ column, row }: Cell): number => {
          const { x, y } = pieceOf(axes, column, row, 0);
          return stream({ seed, chain, purpose: `first seed at ${x} ${y}` }).below(seeds);
        };
        const runs = adaptiveRuns(gridOf(axes), votesOf(records, axes), { seeds, budget, seed, firstSeed });
        return runs.map(({ column, row, seed }) => pieceOf(axes, column, row, seed));
      }
      if (round > 0) return [];
      const pieces = allPieces(axes, layout.seeds);
      if (layout.design === "grid") return pieces;
      shuffle(pieces, stream({ seed, chain, purpose: "sweep" }));
      return layout.budget === 0 ? pieces : pieces.slice(0, layout.budget);
    },

    run({ settings, seed, chain, piece }, context) {
      const { x, y = null, seed: number } = piece as { x: number; y?: number; seed: number };
      const member = { settings: settingsAt(settings, x, y), seed, chain: chain * MOST.seeds + number };
      const { final, steps } = endOf(train, member, context);
      const { label, order, loss }: Shown = final ? shown(final) : { label: DIVERGED };
      context.record("cell", {
        ...{ x, y, seed: number, label: typeof label === "string" ? label : "none" },
        ...{ order: numberOr(order), loss: numberOr(loss), steps },
        ...(final && numbersOf(final)),
      });
    },
  };
};

const firstOf = ({ settings }: Protocol): DefaultAxis => {
  const [control, field] = Object.entries(settings).find(([, field]) => isNumeric(field))!;
  const value = field.default as number;
  return { control, from: value, to: value + 1 };
};

const withSettings = (controls: Controls, defaults: Settings): Controls =>
  Object.fromEntries(
    Object.entries(controls).map(([name, control]) => [
      name,
      name in defaults ? ({ ...control, default: defaults[name] } as typeof control) : control,
    ]),
  );

/** Its first and last value, when all are in the range of the control and nothing else is said of that. */
const checkedValues = ({ control, values }: SweepAxis, controls: Controls, settings: Settings): readonly number[] => {
  const field = controls[control];
  if (settings[control] !== field.default)
    throw invalid(control, settings[control], "no value of its own, as it is swept");
  const wrong = values.find(value => !isAllowed(field, value));
  if (wrong !== undefined) throw invalid(`${control} on an axis`, wrong, needsOf(field));
  return [values[0], values[values.length - 1]];
};

const pieceOf = ({ x, y }: SweepAxes, column: number, row: number, seed: number): Piece => ({
  ...(y && { y: y.values[row] }),
  x: x.values[column],
  seed,
});

/** All cells from the first seed, then from the next: the map is whole as early as can be. */
const allPieces = (axes: SweepAxes, seeds: number): Piece[] => {
  const { columns, rows } = gridOf(axes);
  const pieces: Piece[] = [];
  for (let seed = 0; seed < seeds; seed++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) pieces.push(pieceOf(axes, column, row, seed));
  return pieces;
};

/** In place, from the end (Fisher and Yates). */
const shuffle = <Item>(items: Item[], random: { below(n: number): number }): void => {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [items[i], items[j]] = [items[j], items[i]];
  }
};

const STEPS = "steps of the cell";

/** What training records at its end, and how many steps it made; no end for a run that diverged. */
const endOf = (
  train: Protocol,
  member: Member,
  { saved, save, progress }: ProtocolContext,
): { readonly final?: JsonObject; readonly steps: number | null } => {
  let final: JsonObject | undefined;
  let steps = (saved?.[STEPS] as number | undefined) ?? null;
  const { [STEPS]: _, ...state } = saved ?? {};
  try {
    train.run(member, {
      record(kind, fields) {
        if (typeof fields.step === "number") steps = fields.step;
        if (!allFinite(fields)) throw new LandauError("diverged", "training recorded a number that is not finite");
        if (kind === "final") final = fields;
      },
      snapshot: () => {},
      save: take => save(() => ({ ...take(), ...(steps !== null && { [STEPS]: steps }) })),
      saved: saved && state,
      progress,
    });
  } catch (error) {
    if (!isLandauError(error, "diverged")) throw error;
    return { steps };
  }
  if (!final) throw new Error(`protocol ${train.name} records no end, by which a sweep tells the phase`);
  return { final, steps };
};

const allFinite = (value: Json): boolean => {
  if (typeof value === "number") return Number.isFinite(value);
  if (value === null || typeof value !== "object") return true;
  return Object.values(value).every(allFinite);
};

const numberOr = (value: Json | undefined): number | null => (typeof value === "number" ? value : null);

/** What a cell has in columns of its own. */
const named = ["x", "y", "seed", "label", "order", "loss", "step", "steps"];

const numbersOf = (final: JsonObject): { readonly [name: string]: number | null } =>
  Object.fromEntries(
    Object.entries(final).flatMap(([name, value]) =>
      !named.includes(name) && (typeof value === "number" || value === null) ? [[name, value]] : [],
    ),
  );

/**
 * Refuses a map on which something that is done would have no place: fewer seeds, or axes without some of its columns or rows. Throws a LandauError
 * of kind "input".
 */
export const checkExtension = (before: SweepSettings, after: SweepSettings): void => {
  if (after.seeds < before.seeds) throw invalid("seeds", after.seeds, `at least the ${before.seeds} that are done`);
  const [old, now] = [axesOf(before), axesOf(after)];
  const axes = (["x", "y"] as const).map(name => {
    const [had, has] = [old[name], now[name]];
    if (had?.control === has?.control) return { had, has };
    throw invalid(
      `the control along ${name}`,
      has?.control ?? NO_AXIS,
      `${had?.control ?? NO_AXIS}, as the run has it`,
    );
  });
  for (const { had, has } of axes) {
    const lost = had?.values.find(value => !has!.values.includes(value));
    if (lost !== undefined)
      throw new LandauError(
        "input",
        `the ${has!.values.length} values of ${has!.control} leave out ${lost}, which is done: needs an axis that is wider by whole steps, or finer by a whole factor`,
      );
  }
};

/** The settings that lay out a sweep, as a run has them. */
export const sweepSettings = (settings: Settings): SweepSettings => settings as unknown as SweepSettings;

/** The records of a sweep, typed. */
export const cellRecords = (records: readonly RunRecord[]): readonly (RunRecord & CellRecord)[] =>
  records as readonly (RunRecord & CellRecord)[];
