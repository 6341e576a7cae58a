import { hypotenuse } from "./hypotenuse.ts";
import { awayOf, plainErrorOf, type Row } from "./row.ts";

/** Rows from which it shows whether control variates can be trusted. */
const FEWEST = 3;
/** Standard deviations of a mean of squares of so many standard normal numbers. */
const MOST_EXCESS = 2.5;
/** What control variates may hide, as a share of the error of the plain average, where nothing speaks against them. */
const HIDDEN = 0.1;

/**
 * Rows at larger and larger nBeta as they can be trusted. Control variates take most of the noise away, but in valleys that are narrow and bent their own means are
 * seen too rarely: then what they give is off, in each row by little against the error of the plain average, and in all rows together by more than chance.
 * Where that is so, rows are those of plain averages.
 */
export const trustedRows = (rows: readonly Row[]): readonly Row[] => {
  const colder = rows.filter(({ nBeta }) => nBeta > rows[0].nBeta);
  const squares = colder.map(row => {
    const gap = (row.energy - row.plain) / plainErrorOf(row);
    return gap * gap;
  });
  const most = 1 + MOST_EXCESS * Math.sqrt(2 / squares.length);
  const mean = squares.reduce((sum, square) => sum + square, 0) / squares.length;
  return squares.length >= FEWEST && mean > most ? rows.map(plainRow) : rows.map(row => widened(row, HIDDEN));
};

/** The row by its plain average. */
const plainRow = (row: Row): Row => {
  const left = 1 - awayOf(row);
  const value = row.value - left * (row.energy - row.plain);
  return { ...widened(row, left > 0 ? 1 : 0), value, energyError: hypotenuse(row.energyError, plainErrorOf(row)) };
};

const widened = (row: Row, share: number): Row => {
  const hidden = share * plainErrorOf(row);
  return {
    ...row,
    error: hypotenuse(row.error, hidden),
    slopeError: hypotenuse(row.slopeError, hidden),
    pullError: hypotenuse(row.pullError, hidden),
  };
};
