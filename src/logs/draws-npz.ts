import { isNpy, viewNpy } from "../formats/npy.ts";
import { type NpzMember, viewNpz } from "../formats/npz.ts";
import type { DrawOptions, DrawTable } from "./draws.ts";
import { drawsOfArrays } from "./draws-of-arrays.ts";

/**
 * Draws from an npz or npy file. The numbers are read from the bytes when a quantity is looked at.
 *
 * Throws a LandauError of kind "input" that names the file, the array, the value and what was expected.
 */
export const readDrawsNpz = (bytes: Uint8Array, fileName: string, options: DrawOptions = {}): DrawTable => {
  const members: readonly NpzMember[] = isNpy(bytes)
    ? [{ name: fileName.replace(/^.*[\\/]/, "").replace(/\.[^.]*$/, ""), view: viewNpy(bytes, fileName) }]
    : viewNpz(bytes, fileName);
  return drawsOfArrays(members, fileName, options);
};
