import { LandauError } from "../errors.ts";
import type { NpzMember } from "../formats/npz.ts";
import { sizeOfZstd, zstdDecoder } from "../formats/zstd.ts";
import type { DrawOptions, DrawTable } from "./draws.ts";
import { drawsOfArrays } from "./draws-of-arrays.ts";

/** Groups of ArviZ that hold draws and what the sampler says of them. */
const GROUPS = ["posterior", "sample_stats"];
const MOST_NUMBERS = 50_000_000;
/** Numbers that may be in an array or a piece of it without a file of such a size; and numbers of eight bytes that one byte can be unpacked to. */
const FEW_NUMBERS = 1_000_000;
const LARGEST_RATIO = 129;

/**
 * Draws from a netCDF 4 file (HDF5) of ArviZ: the variables of its groups posterior and sample_stats, or those at its root when it has no such group.
 * Throws a LandauError of kind "input" that names the file and the variable.
 */
export const readDrawsNetcdf = async (
  bytes: Uint8Array,
  fileName: string,
  options: DrawOptions = {},
): Promise<DrawTable> => {
  const { Dataset, File, Filters, Group } = await import("jsfive");
  Filters.set(ZSTD, await zstdFilter());
  const refuse = (why: string, cause?: unknown) => new LandauError("input", `${fileName}: ${why}`, { cause });
  const members: NpzMember[] = [];
  try {
    const file = new File(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
      fileName,
    );
    const groups = GROUPS.filter(name => file.keys.includes(name)).map(name => file.get(name));
    for (const group of groups.length > 0 ? groups : [file])
      for (const name of group instanceof Group ? group.keys : []) {
        const found = group instanceof Group ? group.get(name) : null;
        if (!(found instanceof Dataset) || !/^[<>|]?[fiu]\d$/.test(String(found.dtype))) continue;
        const { shape } = found;
        // Axes say where the others stand.
        if (shape.length < 2) continue;
        const size = shape.reduce((product, side) => product * side, 1);
        checkSize(name, size, bytes.length);
        checkSize(
          `a piece of ${name}`,
          (found._dataobjects.chunks ?? []).reduce((all, side) => all * side, 1),
          bytes.length,
        );
        const { value } = found;
        if (value.length !== size) throw new Error(`${name}: ${value.length} values: its shape needs ${size}`);
        const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, side) => product * side, 1));
        const integer = !/f/.test(String(found.dtype));
        members.push({ name, view: { shape, strides, integer, at: place => Number(value[place]) } });
      }
  } catch (cause) {
    // Its reader throws texts, too.
    const why = cause instanceof Error ? cause.message : String(cause);
    const [, filter] = /Filter with id:(\d+)/.exec(why) ?? [];
    throw refuse(
      filter === undefined
        ? `netCDF that cannot be read: ${why}`
        : `packed by filter ${filter} of HDF5, which is not read: needs zlib or zstd, as encoding={"x": {"zlib": True}} of xarray writes it`,
      cause,
    );
  }
  if (members.length === 0)
    throw refuse("no variable of chains x draws, in the groups posterior and sample_stats or at the root");
  return drawsOfArrays(members, fileName, options);
};

/** The number that HDF5 has for Zstandard. */
const ZSTD = 32_015;

const zstdFilter = async (): Promise<(bytes: ArrayBuffer) => ArrayBuffer> => {
  const unpack = await zstdDecoder();
  return bytes => {
    const frame = new Uint8Array(bytes);
    const size = sizeOfZstd(frame);
    if (size === undefined) throw new Error("a frame of zstd without a size");
    return unpack(frame, size).slice().buffer;
  };
};

/** The reader takes memory, and time, by what the file says. */
const checkSize = (what: string, numbers: number, bytes: number): void => {
  const most = Math.min(MOST_NUMBERS, Math.max(FEW_NUMBERS, LARGEST_RATIO * bytes));
  if (!(numbers <= most)) throw new Error(`${what}: ${numbers} numbers: needs at most ${most} in ${bytes} bytes`);
};
