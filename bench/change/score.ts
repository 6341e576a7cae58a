import { quantile, wilson } from "../../src/numerics/statistics.ts";
import { type JumpRow, type NullRow, phis, sizes } from "./every-series.ts";
import { nulls } from "./series.ts";

const count = <T>(rows: readonly T[], holds: (row: T) => boolean): number => rows.filter(holds).length;

/** Alarms by kind of series and by type, and jumps that were found, with 95 % intervals. */
export const scoreOf = (rows: readonly (NullRow | JumpRow)[]) => ({
  alarms: Object.keys(nulls).map(name => {
    const own = rows.filter(row => "null" in row && row.null === name);
    const alarms = count(own, ({ types }) => types.length > 0);
    const byType: Record<string, number> = {};
    for (const { types } of own) for (const type of new Set(types)) byType[type] = (byType[type] ?? 0) + 1;
    return { name, series: own.length, alarms, upper: wilson(alarms, own.length).high, byType };
  }),
  jumps: phis.flatMap(phi => sizes.map(size => jumpScore(rows, phi, size))),
});

const jumpScore = (rows: readonly (NullRow | JumpRow)[], phi: number, size: number) => {
  const own = rows.filter((row): row is JumpRow => "phi" in row && row.phi === phi && row.size === size);
  const found = own.filter(({ off }) => off !== null);
  const widths = found.map(({ width }) => width ?? 0);
  return {
    phi,
    size,
    series: own.length,
    found: found.length,
    near: count(found, ({ off }) => off !== null && off <= 3),
    held: count(found, ({ covers }) => covers === true),
    heldMoment: count(found, ({ held }) => held === true),
    // Mean probability that the intervals state.
    stated:
      found.length > 0 ? found.reduce((sum, { probability }) => sum + (probability ?? 0), 0) / found.length : null,
    width: widths.length > 0 ? quantile(widths, 0.5) : null,
    more: count(own, ({ types }) => types.length > 1),
  };
};
