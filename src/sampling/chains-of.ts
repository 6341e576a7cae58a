import { invalid } from "../errors.ts";
import type { Chains } from "./diagnostics/chains.ts";
import type { Samples } from "./sample.ts";

/** Draws of one kept quantity, a series for each chain. */
export const chainsOf = ({ names, draws }: Pick<Samples, "names" | "draws">, name: string): Chains => {
  const column = names.indexOf(name);
  if (column < 0)
    throw invalid("name", name, `one of ${names.slice(0, 20).join(", ")}${names.length > 20 ? ", ..." : ""}`);
  const width = names.length;
  return draws.map(rows => Float64Array.from({ length: rows.length / width }, (_, i) => rows[i * width + column]));
};
