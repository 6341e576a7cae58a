/** What is used of jsfive, which has no types. */
declare module "jsfive" {
  export class Group {
    readonly keys: readonly string[];
    get(path: string): Group | Dataset | null;
  }
  export class File extends Group {
    constructor(bytes: ArrayBuffer, name: string);
  }
  /** How pieces are unpacked, by the number that HDF5 has for it. */
  export const Filters: Map<number, (bytes: ArrayBuffer) => ArrayBuffer>;
  export class Dataset {
    readonly shape: readonly number[];
    readonly dtype: unknown;
    /** Where and how it is stored; `chunks` is the shape of its pieces, absent where it lies in one piece. */
    readonly _dataobjects: { readonly chunks?: readonly number[] | null };
    readonly value: ArrayLike<number | bigint>;
  }
}
