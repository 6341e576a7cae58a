/** A row space over the integers modulo a prime, in reduced row echelon form: the same space has the same rows. */
export interface RowSpace {
  readonly prime: number;
  readonly columns: number;
  /** The first `rank` of them are there, ordered by pivot. Entries lie in [0, prime). */
  readonly rows: Float64Array[];
  readonly pivots: number[];
  rank: number;
}

/** The largest prime whose products are exact in float64: residues below it multiply to less than 2^52. */
export const LARGE_PRIME = 67108859;

export const rowSpace = (columns: number, prime = LARGE_PRIME): RowSpace => ({
  prime,
  columns,
  rows: Array.from({ length: columns }, () => new Float64Array(columns)),
  pivots: [],
  rank: 0,
});

/** Makes `target` the same space as `source`. */
export const copyRowSpace = (target: RowSpace, source: RowSpace): void => {
  target.rank = source.rank;
  target.pivots.length = source.rank;
  for (let r = 0; r < source.rank; r++) {
    target.pivots[r] = source.pivots[r];
    target.rows[r].set(source.rows[r]);
  }
};

/** Whether an integer vector lies in the space. */
export const isInRowSpace = (space: RowSpace, vector: ArrayLike<number>): boolean => {
  const rest = reduced(space, vector);
  return rest.every(entry => entry === 0);
};

/** Adds the span of an integer vector. Returns whether the rank rose. */
export const addToRowSpace = (space: RowSpace, vector: ArrayLike<number>): boolean => {
  const { prime, columns, rows, pivots, rank } = space;
  const rest = reduced(space, vector);
  let pivot = 0;
  while (pivot < columns && rest[pivot] === 0) pivot++;
  if (pivot === columns) return false;
  const scale = inverse(rest[pivot], prime);
  for (let j = pivot; j < columns; j++) rest[j] = (rest[j] * scale) % prime;
  let place = rank;
  const spare = rows[rank];
  while (place > 0 && pivots[place - 1] > pivot) {
    rows[place] = rows[place - 1];
    pivots[place] = pivots[place - 1];
    place--;
  }
  rows[place] = spare;
  pivots[place] = pivot;
  spare.set(rest);
  // Only rows before it can have an entry in its pivot's column.
  for (let r = 0; r < place; r++) subtractMultiple(rows[r], rows[r][pivot], spare, prime);
  space.rank = rank + 1;
  return true;
};

/** The vector less its part along the rows. */
const reduced = ({ prime, columns, rows, pivots, rank }: RowSpace, vector: ArrayLike<number>): Float64Array => {
  const rest = new Float64Array(columns);
  for (let j = 0; j < columns; j++) rest[j] = ((vector[j] % prime) + prime) % prime;
  for (let r = 0; r < rank; r++) subtractMultiple(rest, rest[pivots[r]], rows[r], prime);
  return rest;
};

const subtractMultiple = (target: Float64Array, factor: number, row: Float64Array, prime: number): void => {
  if (factor === 0) return;
  const opposite = prime - factor;
  for (let j = 0; j < target.length; j++) if (row[j] !== 0) target[j] = (target[j] + opposite * row[j]) % prime;
};

/** By the extended algorithm of Euclid. */
const inverse = (value: number, prime: number): number => {
  let [a, b] = [value, prime];
  let [x, y] = [1, 0];
  while (b !== 0) {
    const quotient = Math.floor(a / b);
    [a, b] = [b, a - quotient * b];
    [x, y] = [y, x - quotient * y];
  }
  return ((x % prime) + prime) % prime;
};
