import { chmodSync } from "node:fs";
import { join } from "node:path";
import { type Cache, openCache } from "../../../../src/lab/node/native/cache.ts";
import { findCompiler } from "../../../../src/lab/node/native/compiler.ts";
import { loadKoffi, type Toolchain } from "../../../../src/lab/node/native/library.ts";
import { emptyFolder } from "../../../support/scratch.ts";

/** A cache of its own for a test. */
export const emptyCache = (): Cache => {
  const parent = emptyFolder();
  chmodSync(parent, 0o700);
  return openCache(join(parent, "native"));
};

const [koffi, compiler] = [loadKoffi(), findCompiler()];

/** Undefined on a machine without a C compiler or koffi, where what needs them is skipped. */
export const toolchain: Toolchain | undefined = koffi && compiler && { koffi, compiler, cache: emptyCache() };
