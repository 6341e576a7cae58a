import { invalid } from "../errors.ts";
import type { Chains } from "./diagnostics/chains.ts";

/** What chains have drawn, and what was seen on the way. */
export interface Draws {
  /** Names of what was kept of each draw. */
  readonly names: readonly string[];
  /** For each chain: draws x names, row-major. */
  readonly draws: readonly Float64Array[];
  /** For each chain, a number for each draw. The losses of batches, where there are batches. */
  readonly losses: readonly Float64Array[];
  readonly energies: readonly Float64Array[];
  readonly acceptance: readonly Float64Array[];
  readonly divergent: readonly Float64Array[];
  readonly truncated: readonly Float64Array[];
}

/** Draws of one kept quantity, a series for each chain. */
export const chainsOf = ({ names, draws }: Pick<Draws, "names" | "draws">, name: string): Chains => {
  const column = names.indexOf(name);
  if (column < 0)
    throw invalid("name", name, `one of ${names.slice(0, 20).join(", ")}${names.length > 20 ? ", ..." : ""}`);
  const width = names.length;
  return draws.map(rows => Float64Array.from({ length: rows.length / width }, (_, i) => rows[i * width + column]));
};
