const DECIMAL = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const SPECIAL: { readonly [word: string]: number } = {
  nan: Number.NaN,
  na: Number.NaN,
  inf: Infinity,
  infinity: Infinity,
  true: 1,
  false: 0,
};

/** The number that a cell holds, as numpy, R, pandas and Stan write them, 1 for true and 0 for false; undefined when it holds none. */
export const numberIn = (cell: string): number | undefined => {
  if (DECIMAL.test(cell)) return Number(cell);
  const [, sign, word] = /^([-+]?)(\w+)$/.exec(cell) ?? [];
  if (word === undefined || !Object.hasOwn(SPECIAL, word.toLowerCase())) return undefined;
  const value = SPECIAL[word.toLowerCase()];
  return sign === "-" ? -value : value;
};
