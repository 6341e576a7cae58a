import { rounded } from "./svg.ts";

/** A field on the corners of a rectangular grid, linear along each side between two corners. */
export interface CornerField {
  /** Pixels of the columns and of the rows of corners. */
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** The field at a corner. */
  at(column: number, row: number): number;
}

interface Corner {
  readonly x: number;
  readonly y: number;
  readonly value: number;
}

/** Path data of the lines on which a field has a value: in each square straight from side to side. */
export const levelLines = (field: CornerField, level: number): string => {
  let d = "";
  for (const corners of squaresOf(field)) {
    const crossings = corners.flatMap((a, i) => {
      const b = corners[(i + 1) % 4];
      return a.value < level === b.value < level ? [] : [between(a, b, level)];
    });
    // Through a saddle two lines pass, on the sides that the mean of its corners says.
    const mean = corners.reduce((sum, { value }) => sum + value, 0) / 4;
    const turned = crossings.length === 4 && mean < level !== corners[0].value < level;
    const order = turned ? [...crossings.slice(1), crossings[0]] : crossings;
    for (let i = 0; i < order.length; i += 2) d += `M${text(order[i])}L${text(order[i + 1])}`;
  }
  return d;
};

/** Path data of the region in which a field lies between two values. Squares of a row that lie in it as a whole are drawn as one. */
export const levelBand = (field: CornerField, low: number, high: number): string => {
  let d = "";
  let whole: Corner[] = [];
  const isIn = ({ value }: Corner): boolean => value >= low && value <= high;
  const end = () => {
    if (whole.length > 0) d += polygon(whole);
    whole = [];
  };
  for (const corners of squaresOf(field)) {
    if (corners.every(isIn)) {
      const continues = whole.length > 0 && whole[1].x === corners[0].x && whole[1].y === corners[0].y;
      if (!continues) end();
      whole = continues ? [whole[0], corners[1], corners[2], whole[3]] : corners;
      continue;
    }
    end();
    const inside = corners.flatMap((a, i) => {
      const b = corners[(i + 1) % 4];
      const crossed = [low, high].filter(level => a.value < level !== b.value < level);
      if (b.value < a.value) crossed.reverse();
      return [...(isIn(a) ? [a] : []), ...crossed.map(level => between(a, b, level))];
    });
    if (inside.length > 2) d += polygon(inside);
  }
  end();
  return d;
};

/** The corners of each square, around it, row by row. */
function* squaresOf({ xs, ys, at }: CornerField): Generator<Corner[]> {
  const corner = (column: number, row: number): Corner => ({ x: xs[column], y: ys[row], value: at(column, row) });
  for (let row = 0; row + 1 < ys.length; row++)
    for (let column = 0; column + 1 < xs.length; column++)
      yield [corner(column, row), corner(column + 1, row), corner(column + 1, row + 1), corner(column, row + 1)];
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Where the value lies on the side from one corner to another. */
const between = (a: Corner, b: Corner, level: number): Place => {
  const share = (level - a.value) / (b.value - a.value);
  return { x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y) };
};

const text = ({ x, y }: Place): string => `${rounded(x)},${rounded(y)}`;

const polygon = (places: readonly Place[]): string => `M${places.map(text).join("L")}Z`;
