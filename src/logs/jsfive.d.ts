/** What is used of jsfive, which has no types. */
declare module "jsfive" {
  export class Group {
    readonly keys: readonly string[];
    get(path: string): Group | Dataset | null;
  }
  export class File extends Group {
    constructor(bytes: ArrayBuffer, name: string);
  }
  export class Dataset {
    readonly shape: readonly number[];
    readonly dtype: unknown;
    readonly value: ArrayLike<number | bigint>;
  }
}
