import { zipSync } from "fflate";
import type { NamedArrays } from "../contracts/protocol.ts";
import { packNpy } from "./pack-npy.ts";

/** The zip format begins its time here; a fixed one gives equal arrays equal bytes. Zip files hold local time. */
const noTime = (): Date => new Date(1980, 0, 1);

/** An npz file, as numpy reads it: one `.npy` of little-endian float64 per name, in the given order, uncompressed. */
export const packNpz = (arrays: NamedArrays): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(arrays).map(([name, array]) => [`${name}.npy`, packNpy(array)])), {
    level: 0,
    mtime: noTime(),
  });
