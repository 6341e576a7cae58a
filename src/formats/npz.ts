import type { NamedArray } from "../contracts/protocol.ts";
import { LandauError } from "../errors.ts";
import { readNpy } from "./npy.ts";
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
    if (!member.endsWith(".npy"))
      throw new LandauError(
        "input",
        `${fileName}: ${JSON.stringify(member)} is no .npy file: needs an archive that numpy wrote`,
      );
    const name = member.slice(0, -".npy".length);
    return { name, ...readNpy(content, `${fileName}: ${name}`) };
  });
