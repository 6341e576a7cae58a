import { log } from "../../numerics/elementary.ts";
import { lineFit } from "../../numerics/line-fit.ts";
import type { CellStatistics } from "./cell-statistics.ts";
import { type Evidence, text } from "./evidence.ts";
import { around, capped, withinRange } from "./likelihood.ts";
import type { Profile } from "./profile.ts";

/** How the relative fluctuation <m^2> / <m>^2 - 1 at the ordered end goes with size. */
export interface OrderedSide {
  /** It falls as size^-dimension: 1 where the size counts parts, the dimension where it is an edge. */
  readonly dimension: number;
  readonly error: number;
  /** Power of size in the order parameter: 0 for densities, the dimension for totals. */
  readonly unit: number;
}

const SHARE = 0.15;
/** Relative error of a fluctuation that was picked. */
const PICKED = 0.1;
/** Powers of size that are not those of a unit. */
const UNIT = 0.5;

/** Null with fewer than two sizes, or where nothing fluctuates at the ordered end. */
export const orderedSide = (profiles: readonly Profile[]): OrderedSide | null => {
  const last = profiles.at(-1);
  if (!last) return null;
  const atFirst = Math.abs(last.cells[0].mean) > Math.abs(last.cells[last.cells.length - 1].mean);
  const seen = profiles.flatMap(({ size, cells, height }) => {
    const reach = Math.max(2, Math.round(SHARE * cells.length));
    const end = (atFirst ? cells.slice(0, reach) : cells.slice(-reach)).filter(
      ({ logRatio, logRatioError }) => logRatio > 0 && Number.isFinite(logRatioError),
    );
    return end.length > 0 ? [{ size: log(size), height: log(height), ...levelOf(end) }] : [];
  });
  if (seen.length < 2) return null;
  const sizes = seen.map(({ size }) => size);
  const fit = lineFit(
    sizes,
    seen.map(({ level }) => level),
    seen.map(({ error }) => error),
  );
  const unit = lineFit(
    sizes,
    seen.map(({ height }) => height),
  );
  if (!fit || !unit) return null;
  return {
    dimension: -fit.slope,
    error: fit.slopeError,
    unit: Math.abs(unit.slope) > UNIT ? Math.round(unit.slope) : 0,
  };
};

const levelOf = (cells: readonly CellStatistics[]) => ({
  level: cells.reduce((sum, { logRatio }) => sum + log(logRatio), 0) / cells.length,
  error:
    PICKED +
    Math.sqrt(
      cells.reduce(
        (sum, { logRatio, logRatioError }) => sum + (logRatioError * logRatioError) / (logRatio * logRatio),
        0,
      ),
    ) /
      cells.length,
});

/** Slowest fall of the fluctuation, as a power of size, of an ordered phase: less than 1 where a window ends near the critical control. */
const ORDERED = 0.4;

/** Whether the fluctuation falls as that of an ordered phase does, so that the dimension is one. */
export const isOrdered = (side: OrderedSide | null): side is OrderedSide =>
  side !== null && side.dimension - 2 * side.error > ORDERED;

/** Powers of size by which the fluctuation falls where there is order, and how far from 0 it is where there is none. */
const DIMENSIONS = [0.7, 3.2] as const;
const STAYS = 0.2;
const MOST = 2.5;
/** Less than this is not worth a word. */
const TELLING = 0.4;

/** Is there an ordered phase at all at the end where the order parameter is large? Null where that is as likely as not. */
export const disorder = (side: OrderedSide | null): Evidence | null => {
  if (!side) return null;
  const { dimension, error } = side;
  const [some] = capped([withinRange(dimension, error, ...DIMENSIONS), around(dimension, error, 0, STAYS)], MOST);
  if (some > -TELLING) return null;
  return {
    probe: "ordered side",
    support: { none: 0, continuous: some, discontinuous: some },
    finding:
      `where the order parameter is largest, its relative fluctuation goes as size^(${text(-dimension)} +- ${text(error)}): ` +
      "it falls as the number of parts where there is order, and stays where correlations decay as a power or the size is short",
    values: { dimension, error },
  };
};
