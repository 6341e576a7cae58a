import type { Controls, Settings } from "../contracts/field.ts";
import { invalid, LandauError } from "../errors.ts";
import { unknownSetting } from "../lab/nearest.ts";
import { NO_AXIS } from "../protocols/sweep-axes.ts";
import { fieldValue, wholeNumber } from "./option-values.ts";

/** Values of a control along an axis, ends included. */
export interface Axis {
  readonly control: string;
  readonly scale: "linear" | "log";
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

export const axisForm = "decoderRate=log(1e-5,1e-2,16) or weightDecay=lin(0,10,11), in quotes";

const AXIS = /^\s*([^=\s]+)\s*=\s*(lin|log)\s*\(([^,()]*),([^,()]*),([^,()]*)\)\s*$/;

/** The axis that the text of an option describes. Throws a LandauError of kind "input" that names the option and what it needs. */
export const parseAxis = (option: "--x" | "--y", text: string, controls: Controls): Axis => {
  const [, control, kind, ...words] = AXIS.exec(text) ?? [];
  if (control === undefined) throw invalid(option, text, `a control and its values, such as ${axisForm}`);
  const numeric = Object.fromEntries(Object.entries(controls).filter(([, { kind }]) => kind !== "choice"));
  if (Object.hasOwn(controls, control) && !Object.hasOwn(numeric, control))
    throw invalid(option, control, `a control with numbers: ${Object.keys(numeric).join(", ")}`);
  if (!Object.hasOwn(numeric, control))
    throw new LandauError("input", `${option}: ${unknownSetting(control, numeric)}`);
  const [first, last, count] = words.map(word => word.trim());
  const [from, to] = [first, last].map(word => fieldValue(`${option} ${control}`, word, numeric[control]) as number);
  if (kind === "log" && from <= 0)
    throw invalid(`${option} ${control}`, from, "positive ends where values are spaced by equal factors, or lin");
  if (!(from < to)) throw invalid(`${option} ${control}`, to, `a second end above the first, which is ${from}`);
  return {
    ...{ control, scale: kind === "log" ? "log" : "linear", from, to },
    count: wholeNumber(`the number of values of ${option}`, { min: 2, max: 1024 })(count),
  };
};

/** What the axes are in the settings of a sweep. Without a second one the map has one row. */
export const axisSettings = (x: Axis, y: Axis | undefined): Settings => ({
  ...{ xControl: x.control, xScale: x.scale, xFrom: x.from, xTo: x.to, columns: x.count },
  ...(y ? { yControl: y.control, yScale: y.scale, yFrom: y.from, yTo: y.to, rows: y.count } : { yControl: NO_AXIS }),
});
