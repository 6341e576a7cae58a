/** Names of columns that say where a draw belongs: ours, those of CmdStanPy, of the R packages posterior, coda and rstan, and of ArviZ. */
const CHAIN = /^\.?chains?(__|_?id)?$/i;
const DRAW = /^\.?(draws?|iterations?|iter)(__)?$/i;
/** Names that an index may have, besides none; what they hold decides. */
const INDEX = /^(index|row\.?names|x|\.\.\.1|unnamed: \d+)$/i;

export const isChainName = (name: string): boolean => CHAIN.test(name);
export const isDrawName = (name: string): boolean => DRAW.test(name);
/** An index without a name that pandas puts into Parquet, behind the columns. */
export const isPandasIndex = (name: string): boolean => /^__index_level_\d+__$/.test(name);
export const mayBeIndex = (name: string, column: number): boolean =>
  name === "" || isPandasIndex(name) || (column === 0 && INDEX.test(name));

/** ArviZ's to_dataframe names columns by Python tuples: ('posterior', 'mu') when it writes several groups, ('theta[0]', 0) for an entry of an array. */
export const plainName = (name: string): string => {
  const [, own] = /^\((?:'(?:posterior|sample_stats)', )?'([^']*)'(?:, .*)?\)$/.exec(name) ?? [];
  return own ?? name;
};

/** What the names of columns say of a file that has no column for the chain. */
export type Naming =
  /** Labels of chains: 1, 2, 3, or chain:1, chain:2. */
  | "chains"
  /** Names made by a program for columns without one, V1, V2: chains or quantities. */
  | "unclear"
  /** Names of quantities. */
  | "quantities";

const LABEL = /^(|chains?|runs?|seed|walker)[ _.:[-]?(\d+)\]?$/i;
const MADE = /^(v|x|var|col|column|c)[ _.]?(\d+)$/i;

export const namingOf = (names: readonly string[]): Naming => {
  const same = (pattern: RegExp): boolean => {
    const prefixes = new Set(names.map(name => pattern.exec(name)?.[1].toLowerCase()));
    return prefixes.size === 1 && !prefixes.has(undefined);
  };
  if (same(LABEL)) return "chains";
  const letters = names.every((name, i) => name.toLowerCase() === String.fromCharCode(97 + i));
  return names.length > 1 && (same(MADE) || letters) ? "unclear" : "quantities";
};

/** Columns for a chain and a quantity both, "1.mu" or "chain:1.mu". */
export const namesBoth = (names: readonly string[]): boolean =>
  names.length > 1 && names.every(name => /^(chain[ _.:]?)?\d+[.:]\D/i.test(name));
