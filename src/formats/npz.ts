import type { NamedArray } from "../contracts/protocol.ts";
import { LandauError } from "../errors.ts";
import { fromZarr } from "./foreign.ts";
import { type NpyView, readNpy, viewNpy } from "./npy.ts";
import { readZip } from "./zip.ts";

/** An array of a file, which says whether its numbers are integers. */
export interface NpzArray extends NamedArray {
  readonly name: string;
  readonly integer: boolean;
}

/**
 * The arrays of an npz file, in its order. Throws a LandauError of kind "input" that names the file, the array, the value and what was
 * expected.
 */
export const readNpz = (bytes: Uint8Array, fileName: string): NpzArray[] =>
  [...readZip(bytes, fileName)].map(([member, content]) => {
    const name = arrayName(member, fileName);
    return { name, ...readNpy(content, `${fileName}: ${name}`) };
  });

/** An array that is read in place, or why it cannot be. */
export type NpzMember = { readonly name: string } & ({ readonly view: NpyView } | { readonly error: LandauError });

/** The same in place; an array that cannot be read does no harm to the others. Throws for what is no archive of npy files. */
export const viewNpz = (bytes: Uint8Array, fileName: string): NpzMember[] =>
  [...readZip(bytes, fileName)].map(([member, content]) => {
    const name = arrayName(member, fileName);
    try {
      return { name, view: viewNpy(content, `${fileName}: ${name}`) };
    } catch (error) {
      if (!(error instanceof LandauError)) throw error;
      return { name, error };
    }
  });

const arrayName = (member: string, fileName: string): string => {
  if (/(^|\/)(\.z(group|attrs|array|metadata)|zarr\.json)$/.test(member)) throw fromZarr(fileName);
  if (!member.endsWith(".npy"))
    throw new LandauError(
      "input",
      `${fileName}: ${JSON.stringify(member)} is no .npy file: needs an archive that numpy wrote`,
    );
  return member.slice(0, -".npy".length);
};
