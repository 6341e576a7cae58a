import type { VectorTable } from "../contracts/index.ts";
import { isLandauError, LandauError } from "../errors.ts";
import { compare, type Difference } from "./compare.ts";
import { unknownWord } from "./nearest.ts";
import { plain } from "./plain.ts";
import { readVectorFile, type VectorCase } from "./vector-file.ts";
import { loadVectorTable } from "./vector-tables.ts";

export type SkippedKind = "statistical" | "slow";

export interface CaseResult {
  readonly quantity: string;
  readonly id: string;
  readonly outcome: "passed" | "failed" | "skipped";
  readonly failures: readonly Difference[];
  /** Why there was no answer to compare. */
  readonly error?: string;
}

export interface Verification {
  readonly system: string;
  readonly cases: readonly CaseResult[];
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface VerifyOptions {
  /** Kinds of cases that are counted as skipped. */
  readonly skip?: readonly SkippedKind[];
  /** Quantities to look at; others are left out. All when absent. */
  readonly only?: readonly string[];
  /** Called after each case, with its place among `count`. */
  visit?(result: CaseResult, index: number, count: number): void;
}

/** Who answers the cases of a file, by the file's `system`. */
export type VectorTables = { readonly [system: string]: VectorTable };

/**
 * Compares the answers of Landau's systems with a file of test vectors; only the system that the file names is loaded. Throws as `verifyWith`.
 */
export const verifyFile = async (text: string, name: string, options?: VerifyOptions): Promise<Verification> => {
  const { system } = readVectorFile(text, name);
  const table = await loadVectorTable(system).catch(cause => {
    throw isLandauError(cause, "vectors") ? new LandauError("vectors", `${name}: ${cause.message}`, { cause }) : cause;
  });
  return verifyWith({ [system]: table }, text, name, options);
};

/**
 * Compares answers of one's own with a file of test vectors. A case whose function is missing or throws fails, and the
 * loop continues. Throws a LandauError of kind "vectors" when the file cannot be read or no table answers its system.
 */
export const verifyWith = (
  tables: VectorTables,
  text: string,
  name: string,
  { skip = [], only, visit }: VerifyOptions = {},
): Verification => {
  const { system, cases } = readVectorFile(text, name);
  if (!Object.hasOwn(tables, system))
    throw new LandauError("vectors", `${name}: ${unknownWord("system", system, Object.keys(tables))}`);
  const table = tables[system];
  const quantities = [...new Set(cases.map(({ quantity }) => quantity))];
  for (const quantity of only ?? [])
    if (!quantities.includes(quantity))
      throw new LandauError("vectors", `${name}: ${unknownWord("quantity", quantity, quantities)}`);

  const asked = cases.filter(({ quantity }) => only === undefined || only.includes(quantity));
  const results = asked.map((one, index) => {
    const result = skip.some(kind => one[kind]) ? outcomeOf(one, "skipped") : verifyCase(one, table);
    visit?.(result, index, asked.length);
    return result;
  });
  const count = (outcome: CaseResult["outcome"]) => results.filter(result => result.outcome === outcome).length;
  return { system, cases: results, passed: count("passed"), failed: count("failed"), skipped: count("skipped") };
};

const verifyCase = (one: VectorCase, table: VectorTable): CaseResult => {
  const { quantity, input, expected, tolerance } = one;
  if (!Object.hasOwn(table, quantity))
    return outcomeOf(one, "failed", { error: unknownWord("quantity", quantity, Object.keys(table)) });
  try {
    const failures = compare(plain(table[quantity](input)), expected, tolerance);
    return outcomeOf(one, failures.length === 0 ? "passed" : "failed", { failures });
  } catch (error) {
    return outcomeOf(one, "failed", { error: error instanceof Error ? error.message : String(error) });
  }
};

const outcomeOf = (
  { quantity, id }: VectorCase,
  outcome: CaseResult["outcome"],
  { failures = [], error }: Partial<CaseResult> = {},
): CaseResult => ({ quantity, id, outcome, failures, ...(error !== undefined && { error }) });
