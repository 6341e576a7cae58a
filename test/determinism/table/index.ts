import { type FastModes, useFastModes } from "../../../src/engine/fast-modes.ts";
import type { Table } from "./bits.ts";
import { elementary } from "./elementary.ts";
import { examples } from "./examples.ts";
import { ode } from "./ode.ts";
import { products } from "./products.ts";
import { random } from "./random.ts";
import { training } from "./training.ts";

/**
 * Hashes of everything that has to have the same bits everywhere, or of all but whole programs. Needs nothing but the language: runs in any engine.
 */
export const bitsTable = async (modes: FastModes = {}): Promise<Table> => {
  useFastModes(modes);
  return {
    ...products(),
    ...random(),
    ...elementary(),
    ...ode(),
    ...training(),
    ...(await examples()),
  };
};

Object.assign(globalThis, { bitsTable });
