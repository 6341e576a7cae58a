import { resolve } from "node:path";
import { build, type OutputChunk } from "rolldown";

const root = resolve(import.meta.dirname, "../..");

export interface Bundle {
  readonly code: string;
  /** Modules that are not in it, which whoever runs it has to have. */
  readonly imports: readonly string[];
}

export interface BundleOptions {
  /** Of a module, or a script that keeps its names to itself. */
  readonly format: "esm" | "iife";
  readonly minify?: boolean;
  /** What "landau" is: the source of this package when absent. */
  readonly landau?: string;
}

/** One file with all that a module imports, for browsers. */
export const bundleForBrowser = async (
  entry: string,
  { format, minify, landau = "src/index.ts" }: BundleOptions,
): Promise<Bundle> => {
  const { output } = await build({
    input: resolve(root, entry),
    platform: "browser",
    write: false,
    logLevel: "silent",
    resolve: { alias: { landau: resolve(root, landau) } },
    // In one file with others, no module is the one that was started.
    transform: { define: { "import.meta.filename": '"part of a bundle"' } },
    output: { format, minify, codeSplitting: false },
  });
  const [{ code, imports, dynamicImports }] = output as [OutputChunk];
  return { code, imports: [...imports, ...dynamicImports] };
};
