import { log } from "../../numerics/elementary.ts";
import { loopsOf } from "./branches.ts";
import type { Profile } from "./profile.ts";
import type { OrderTable } from "./table.ts";

export interface Location {
  readonly control: number;
  /** Between which controls it lies, as far as the table tells. */
  readonly interval: readonly [number, number];
  /** By what it was found. */
  readonly by: "collapse" | "binder crossing" | "largest variance" | "middle of the loop" | "edge" | "steepest slope";
}

/** Where the Binder cumulants of the two largest sizes cross, by lines between cells; null when they do not, or cross in disorder. */
export const binderCrossing = (profiles: readonly Profile[]): number | null => {
  const [before, last] = profiles.slice(-2);
  if (!before || !last) return null;
  const differences = last.cells.flatMap(cell => {
    const other = before.cells.find(({ control }) => control === cell.control);
    return other && cell.binder !== null && other.binder !== null
      ? [{ control: cell.control, value: cell.binder - other.binder, level: other.binder }]
      : [];
  });
  let best: { control: number; weight: number } | null = null;
  for (let i = 1; i < differences.length; i++) {
    const [a, b] = [differences[i - 1], differences[i]];
    if (a.value === 0 || b.value === 0 || a.value < 0 === b.value < 0) continue;
    // Curves that coincide in order or in disorder cross by chance, with little on either side.
    const left = differences.slice(0, i).reduce((sum, each) => sum + each.value, 0);
    const right = differences.slice(i).reduce((sum, each) => sum + each.value, 0);
    const weight = left * right < 0 ? Math.min(Math.abs(left), Math.abs(right)) : 0;
    const control = a.control + ((b.control - a.control) * a.value) / (a.value - b.value);
    if (weight > 0 && (!best || weight > best.weight)) best = { control, weight };
  }
  return best?.control ?? null;
};

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
  const crossing = sharp ? null : binderCrossing(profiles);
  const at = last.cells.findIndex(({ control }) => control === last.peak.control);
  const around: [number, number] = [
    last.cells[Math.max(0, at - 1)].control,
    last.cells[Math.min(last.cells.length - 1, at + 1)].control,
  ];
  if (crossing !== null) {
    const ends = [crossing, last.peak.control].sort((a, b) => a - b);
    return {
      control: crossing,
      interval: [Math.min(ends[0], around[0]), Math.max(ends[1], around[1])],
      by: "binder crossing",
    };
  }
  if (last.unresolved)
    return {
      control: (last.jump.from + last.jump.to) / 2,
      interval: [last.jump.from, last.jump.to],
      by: "steepest slope",
    };
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
