import type { FastModes } from "../engine/fast-modes.ts";
import { relaxedKernelsAvailable } from "../engine/kernels/kernels.ts";
import { LandauError } from "../errors.ts";

/** Fast modes by name, in the order in which a spec keeps them. */
export const fastModeNames = ["relaxed", "revectorize", "blas", "native-fma"] as const;

export type FastModeName = (typeof fastModeNames)[number];

/**
 * What fast modes mean for programs that this thread compiles from now on. Throws or rejects with a LandauError of kind
 * "input" for one that is not there, which names what is missing, with a hint.
 */
export type FastModesOf = (names: readonly FastModeName[]) => FastModes | Promise<FastModes>;

/** Those of any JavaScript engine, with nothing of Node. */
export const portableFastModes: FastModesOf = names => {
  const own = names.find(name => name !== "relaxed");
  if (own) throw new LandauError("input", `fast mode ${own} needs Node: here there is only relaxed`);
  if (names.length > 0 && !relaxedKernelsAvailable()) throw relaxedMissing();
  return { relaxed: names.length > 0 };
};

/** Throws a LandauError of kind "input" for modes that each compute the products of matrices their own way. */
export const checkTogether = (names: readonly FastModeName[]): void => {
  const other = names.find(name => name === "relaxed" || name === "blas");
  if (other && names.includes("native-fma"))
    throw new LandauError(
      "input",
      `fast modes ${other} and native-fma both replace the products of matrices: choose one of them`,
    );
};

export const relaxedMissing = (): LandauError =>
  new LandauError(
    "input",
    "fast mode relaxed needs a JavaScript engine with relaxed SIMD: use Node 20 or later, or a recent browser",
  );

/** Whether fast modes change results: revectorize changes speed alone. */
export const changesBits = (names: readonly FastModeName[] = []): boolean => names.some(name => name !== "revectorize");

/** "relaxed, blas: other bits than the deterministic mode" */
export const fastModesText = (names: readonly FastModeName[]): string =>
  `${names.join(", ")}: ${changesBits(names) ? "other bits than" : "the bits of"} the deterministic mode`;
