import { type Controls, choice, integer, number, type Settings } from "../contracts/field.ts";
import type { Protocol } from "../contracts/protocol.ts";
import { invalid, LandauError } from "../errors.ts";
import { type AxisSettings, axesOf, NO_AXIS } from "./sweep-axes.ts";

/** Settings that lay out a sweep beside those of training. */
export interface SweepSettings extends AxisSettings {
  readonly seeds: number;
  readonly design: "grid" | "random" | "adaptive";
  readonly budget: number;
}

/** The settings that lay out a sweep, as a run has them. */
export const sweepSettings = (settings: Settings): SweepSettings => settings as unknown as SweepSettings;

/** The axis of a sweep for which nothing is said. */
export interface DefaultAxis {
  readonly control: string;
  /** As the control says when absent, or by the ratio of the ends. */
  readonly scale?: "linear" | "log";
  readonly from: number;
  readonly to: number;
  readonly count?: number;
}

export const MOST = { side: 1024, seeds: 100_000, runs: 1_000_000 };

/** Ends this far apart suit equal factors. */
const FAR = 100;

const scaleOf = ({ control, scale, from, to }: DefaultAxis, controls: Controls): "linear" | "log" => {
  const field = controls[control];
  const isLog = field.kind !== "choice" && field.scale === "log";
  return scale ?? (from > 0 && (isLog || to / from >= FAR) ? "log" : "linear");
};

export const sweepControls = (
  controls: Controls,
  names: readonly string[],
  x: DefaultAxis,
  y: DefaultAxis | undefined,
) =>
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
    votes: choice("whether a run may end otherwise from another seed, or its cell is what it says", ["noisy", "exact"]),
    budget: integer("most runs of a random or adaptive design; 0 for as many as there are, or as it takes", {
      default: 0,
      min: 0,
      max: 1_000_000_000,
    }),
  }) as const satisfies Controls;

export const isNumeric = ({ kind }: Controls[string]): boolean => kind === "number" || kind === "integer";

/** An axis along the first control of training that is a number. */
export const firstOf = ({ settings }: Protocol): DefaultAxis => {
  const [control, field] = Object.entries(settings).find(([, field]) => isNumeric(field))!;
  const value = field.default as number;
  return { control, from: value, to: value + 1 };
};

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
