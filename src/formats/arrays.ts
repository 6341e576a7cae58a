import type { NamedArray } from "../contracts/protocol.ts";
import { LandauError } from "../errors.ts";
import { type NpzArray, readNpz } from "./npz.ts";
import { readSafetensors } from "./safetensors.ts";

/** An array of a file, which says whether its numbers are integers. */
export interface ForeignArray extends NamedArray {
  readonly integer: boolean;
}

/**
 * The arrays of an npz or a safetensors file by name: recognised by their first bytes, whatever the file is called. Throws a LandauError
 * of kind "input" that names the file, the place, the value and what was expected.
 */
export const readArrays = (bytes: Uint8Array, fileName: string): { readonly [name: string]: ForeignArray } => {
  const arrays = isZip(bytes) ? byName(readNpz(bytes, fileName)) : readSafetensors(bytes, fileName);
  if (Object.keys(arrays).length === 0) throw new LandauError("input", `${fileName}: no arrays`);
  return arrays;
};

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

const byName = (arrays: readonly NpzArray[]): { readonly [name: string]: ForeignArray } =>
  Object.fromEntries(arrays.map(({ name, ...array }) => [name, array]));
