import type { NamedArray } from "../contracts/protocol.ts";
import { LandauError } from "../errors.ts";
import { readNpy } from "./npy.ts";
import { readSafetensors } from "./safetensors.ts";
import { readZip } from "./zip.ts";

/** An array of a file, which says whether its numbers are integers. */
export interface ForeignArray extends NamedArray {
  readonly integer: boolean;
}

/**
 * The arrays of an npz or a safetensors file by name: told apart by their first bytes, whatever the file is called. Throws a LandauError
 * of kind "input" that names the file, the place, the value and what was expected.
 */
export const readArrays = (bytes: Uint8Array, fileName: string): { readonly [name: string]: ForeignArray } => {
  const arrays = isZip(bytes) ? readNpz(bytes, fileName) : readSafetensors(bytes, fileName);
  if (Object.keys(arrays).length === 0) throw new LandauError("input", `${fileName}: no arrays`);
  return arrays;
};

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

const readNpz = (bytes: Uint8Array, fileName: string): { readonly [name: string]: ForeignArray } =>
  Object.fromEntries(
    [...readZip(bytes, fileName)].map(([member, content]): [string, ForeignArray] => {
      if (!member.endsWith(".npy"))
        throw new LandauError(
          "input",
          `${fileName}: ${JSON.stringify(member)} is no .npy file: needs an archive that numpy wrote`,
        );
      const name = member.slice(0, -".npy".length);
      return [name, readNpy(content, `${fileName}: ${name}`)];
    }),
  );
