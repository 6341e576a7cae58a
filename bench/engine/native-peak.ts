import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loops, reals, vectors } from "../../src/engine/native/vectors.ts";
import type { Toolchain } from "../../src/lab/node/native/library.ts";

/** As many as a tile of products has: enough that none waits for its last one. */
const SUMS = Array.from({ length: 24 }, (_, i) => `c${i}`);
/** The compiler says how wide vectors are. */
const source = `${vectors}${reals.f32}${loops}
int32_t lanes(void) { return RL; }
float peak(int32_t iterations) {
  vreal ${SUMS.map((sum, i) => `${sum} = ALL(${i})`).join(", ")};
  const vreal half = ALL(0.5), one = ALL(1);
  for (int32_t i = 0; i < iterations; i++) { ${SUMS.map(sum => `${sum} = ${sum} * half + one;`).join(" ")} }
  return (${SUMS.join(" + ")})[0];
}
`;

export interface NativePeak {
  /** Entries of a vector in float32. */
  readonly lanes: number;
  readonly flopsOfIteration: number;
  run(iterations: number): number;
}

/** A loop of multiplications and additions, each rounded, in the widest vectors there are: the ceiling of deterministic products. */
export const nativePeak = ({ compiler, koffi }: Toolchain): NativePeak => {
  const folder = mkdtempSync(join(tmpdir(), "landau-bench-"));
  try {
    const library = koffi.load(compiler.compile(source, folder));
    const lanes = (library.func("lanes", "int32_t", []) as () => number)();
    const run = library.func("peak", "float", ["int32_t"]) as (iterations: number) => number;
    return { lanes, flopsOfIteration: 2 * SUMS.length * lanes, run };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
