import type { CellAxis } from "../../charts/cell-axis.ts";
import type { Controls } from "../../contracts/field.ts";
import type { SweepAxis } from "../../protocols/sweep-axes.ts";
import { controlLabel } from "../seen-study.ts";

/** An axis of a map, called by what its control is. */
export const cellAxisOf = ({ control, scale, values }: SweepAxis, controls: Controls): CellAxis => ({
  label: controlName(control, controls),
  ...{ scale, values },
  whole: scale === "linear" && isWhole(control, controls),
});

/** "weight decay (weightDecay), per step": what a control is, how one sets it, and its unit where it has one. */
export const controlName = (control: string, controls: Controls): string => {
  const field = controls[control];
  const unit = field && "unit" in field ? field.unit : undefined;
  return controlLabel({ controls }, control) + (unit === undefined ? "" : `, ${unit}`);
};

export const isWhole = (control: string, controls: Controls): boolean => controls[control]?.kind === "integer";
