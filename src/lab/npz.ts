import { zipSync } from "fflate";
import { dump } from "npyjs";
import type { NamedArrays } from "../contracts/protocol.ts";

/** The zip format begins its time here; a fixed one gives equal arrays equal bytes. Zip files hold local time. */
const noTime = (): Date => new Date(1980, 0, 1);

/** An npz file, as numpy reads it: one `.npy` of little-endian float64 per name, in the given order, uncompressed. */
export const packNpz = (arrays: NamedArrays): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries(arrays).map(([name, { shape, data }]) => [`${name}.npy`, new Uint8Array(dump(data, [...shape]))]),
    ),
    { level: 0, mtime: noTime() },
  );
