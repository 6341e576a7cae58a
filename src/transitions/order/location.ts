import { log } from "../../numerics/elementary.ts";
import { loopsOf } from "./branches.ts";
import type { Profile } from "./profile.ts";
import type { OrderTable } from "./table.ts";

export interface Location {
  readonly control: number;
  /** Between which controls it lies, as far as the table tells. */
  readonly interval: readonly [number, number];
  /** By what it was found. */
  readonly by: "collapse" | "largest variance" | "middle of the loop" | "edge" | "steepest slope";
}

/** Part of the range by which a phase may have outlived its end, where the two were not seen to go over into each other. */
const LATE = 0.25;

/** The best guess at the transition from a sampled or swept table. */
export const locate = (table: OrderTable, profiles: readonly Profile[], sharp: boolean): Location | null => {
  const loop = loopsOf(table).at(-1);
  if (loop && sharp) {
    const inside = loop.controls.filter((_, i) => {
      const all = [...loop.up, ...loop.down];
      return Math.abs(loop.up[i] - loop.down[i]) > 0.5 * (Math.max(...all) - Math.min(...all));
    });
    if (inside.length > 0) {
      const [low, high] = [inside[0], inside[inside.length - 1]];
      return { control: (low + high) / 2, interval: [low, high], by: "middle of the loop" };
    }
  }
  const last = profiles.at(-1);
  if (!last) return null;
  const at = last.cells.findIndex(({ control }) => control === last.peak.control);
  const around: [number, number] = [
    last.cells[Math.max(0, at - 1)].control,
    last.cells[Math.min(last.cells.length - 1, at + 1)].control,
  ];
  if (last.unresolved) {
    const { from, to } = last.jump;
    const span = last.cells[last.cells.length - 1].control - last.cells[0].control;
    return { control: (from + to) / 2, interval: [from - LATE * span, to + LATE * span], by: "steepest slope" };
  }
  return { control: refined(last, at), interval: around, by: "largest variance" };
};

/** Top of the parabola through ln variance at the peak and its neighbours. */
const refined = ({ cells }: Profile, at: number): number => {
  const [a, b, c] = [cells[at - 1], cells[at], cells[at + 1]];
  if (!a || !c || !(a.variance > 0 && c.variance > 0)) return b.control;
  const [ya, yb, yc] = [a, b, c].map(({ variance }) => log(variance));
  const left = (yb - ya) / (b.control - a.control);
  const right = (yc - yb) / (c.control - b.control);
  const curvature = (right - left) / (c.control - a.control);
  if (!(curvature < 0)) return b.control;
  const top = (a.control + b.control) / 2 - left / (2 * curvature);
  return Math.min(c.control, Math.max(a.control, top));
};
