import { log } from "../../numerics/elementary.ts";
import { lineFit } from "../../numerics/line-fit.ts";
import { type Loop, loopsOf } from "./branches.ts";
import { type Evidence, text } from "./evidence.ts";
import { loopArea } from "./statistics.ts";
import type { OrderTable } from "./table.ts";

const HALF = 0.5;
const MEET = 0.15;

/** A loop in numbers; heights and areas relative to the range of the order parameter and of the control. */
export interface LoopShape {
  readonly area: number;
  /** Largest distance of the two branches. */
  readonly gap: number;
  /** How many controls see at least half of the range between the branches. */
  readonly width: number;
  /** Whether the branches meet at both ends. */
  readonly closed: boolean;
}

export const loopShape = ({ controls, up, down }: Loop): LoopShape => {
  const all = [...up, ...down];
  const range = Math.max(...all) - Math.min(...all);
  const span = controls[controls.length - 1] - controls[0];
  if (range === 0) return { area: 0, gap: 0, width: 0, closed: true };
  const gaps = up.map((value, i) => Math.abs(value - down[i]) / range);
  return {
    area: loopArea(controls, up, down) / (range * span),
    gap: Math.max(...gaps),
    width: gaps.filter(gap => gap > HALF).length,
    closed: gaps[0] < MEET && gaps[gaps.length - 1] < MEET,
  };
};

/**
 * Sweeps up and down. With several paces the loop area A(tau) is followed to slow sweeps: it falls as a power of tau when the system is
 * merely late, and tends to A0 > 0, A = A0 + B tau^(-2/3), where phases are metastable. With one pace a loop counts when its branches lie
 * on the two phases, a good part of the range apart, at several controls. Null without sweeps in both directions.
 */
export const hysteresis = (table: OrderTable): Evidence | null => {
  const loops = loopsOf(table);
  if (loops.length === 0) return null;
  const top = loops[loops.length - 1].size;
  const paced = loops.filter(({ size }) => size === top);
  return paced.length >= 2 ? byPace(paced) : bySize(loops, table);
};

/** Smallest area of a slow loop that counts, relative to the rectangle of ranges, and as a share of the slowest loop seen. */
const AREA = 0.05;
const LASTING = 0.5;
const CLOSING = 0.25;
/** Relative errors of an area read off a grid. */
const GRID_ERROR = 0.05;

const byPace = (loops: readonly Loop[]): Evidence => {
  const areas = loops.map(loop => loopShape(loop).area);
  const slowest = areas[areas.length - 1];
  const paces = loops.map(({ pace }) => pace);
  const error = areas.map(area => Math.max(GRID_ERROR * area, 1e-3));
  const limit = lineFit(
    paces.map(pace => powerMinusTwoThirds(pace / paces[0])),
    areas,
    error,
  );
  const A0 = limit?.intercept ?? slowest;
  const fall =
    slowest > 0 ? log(Math.max(areas[0], 1e-12) / slowest) / log(paces[paces.length - 1] / paces[0]) : Infinity;
  const lasting = A0 > AREA && A0 > LASTING * slowest;
  const closing = slowest < AREA || A0 < CLOSING * slowest;
  return {
    probe: "hysteresis",
    support: lasting
      ? { none: -4, continuous: -4, discontinuous: 0 }
      : closing
        ? { none: 0, continuous: 0, discontinuous: -3 }
        : { none: -1, continuous: 0, discontinuous: 0 },
    finding:
      `the loop between sweeps up and down covers ${areas.map(area => `${text(100 * area)} %`).join(", ")} of the range at paces ` +
      `${paces.map(text).join(", ")}; ${text(100 * A0)} % when extrapolated to slow sweeps`,
    values: { slowest, A0, fall: Number.isFinite(fall) ? fall : null },
  };
};

const powerMinusTwoThirds = (x: number): number => {
  // x^(-2/3) by Newton's steps for the cube root.
  let root = x;
  for (let i = 0; i < 100; i++) root -= (root * root * root - x) / (3 * root * root);
  return 1 / (root * root);
};

/** A gap on the two phases, and one that fluctuations make. */
const APART = 0.72;
const NEAR = 0.3;

/** What the two directions say at a size: they agree, lie on two phases and meet again, or are late. */
export type LoopKind = "none" | "metastable" | "late";

export const loopKind = ({ gap, closed }: LoopShape): LoopKind =>
  gap < NEAR ? "none" : gap > APART && closed ? "metastable" : "late";

/** One pace: the largest two sizes tell, as small ones change phase too easily. */
const bySize = (loops: readonly Loop[], table: OrderTable): Evidence => {
  const shapes = loops.slice(-2).map(loop => {
    const shape = loopShape(loop);
    return { size: loop.size, kind: loopKind(shape), ...shape };
  });
  const last = shapes[shapes.length - 1];
  const real = shapes.filter(({ kind }) => kind === "metastable").at(-1);
  const shown = real ?? last;
  return {
    probe: "hysteresis",
    support: real
      ? { none: -2, continuous: real.width >= 2 ? -3 : -1.5, discontinuous: 0 }
      : last.kind === "none"
        ? { none: 0, continuous: 0, discontinuous: -0.7 }
        : { none: 0, continuous: 0, discontinuous: 0 },
    finding:
      `${table.sizes.length > 1 ? `at size ${text(shown.size)} ` : ""}the branches of sweeps up and down are at most ${text(100 * shown.gap)} % of the range apart, more than half of it ` +
      `at ${shown.width} ${shown.width === 1 ? "value" : "values"} of ${table.control}${shown.closed ? "" : ", and do not meet at the ends"}`,
    values: { gap: shown.gap, width: shown.width, area: shown.area, closed: shown.closed ? 1 : 0 },
  };
};

/** The sizes whose sweeps are late: there only the branch that begins in order is near equilibrium. One pace only. */
export const lateSizes = (table: OrderTable): ReadonlyMap<number, "up" | "down"> => {
  const loops = loopsOf(table);
  const paces = new Set(loops.map(({ pace }) => pace));
  if (paces.size > 1) return new Map();
  return new Map(
    loops.filter(loop => loopKind(loopShape(loop)) === "late").map(({ size, ordered }) => [size, ordered]),
  );
};
