import { exp, log } from "../numerics/elementary.ts";
import type { Axis } from "./scale.ts";

/** An axis along which cells lie, each around its value. */
export interface CellAxis extends Pick<Axis, "label" | "scale" | "whole"> {
  /** Of the columns from the left or the rows from the bottom, ascending; positive on a log axis. */
  readonly values: readonly number[];
}

/** The ends of the cells, one more than there are values: halfway between neighbours on the axis, and as far beyond the outer ones. */
export const cellEdges = ({ scale, values }: CellAxis): readonly number[] => {
  const isLog = scale === "log";
  const places = isLog ? values.map(log) : values;
  const last = places.length - 1;
  const alone = isLog ? HALF_OF_ONE : Math.abs(places[0]) / 2 || HALF_OF_ONE;
  const [first, final] =
    last === 0 ? [alone, alone] : [(places[1] - places[0]) / 2, (places[last] - places[last - 1]) / 2];
  const edges = [
    places[0] - first,
    ...places.slice(1).map((place, i) => (places[i] + place) / 2),
    places[last] + final,
  ];
  return isLog ? edges.map(exp) : edges;
};

/** Half the extent of a cell that has no neighbours, and no value to measure it by. */
const HALF_OF_ONE = 0.5;
