import { resolve } from "node:path";
import { build, type OutputChunk, type Plugin } from "rolldown";

const root = resolve(import.meta.dirname, "../..");

export interface Bundle {
  readonly code: string;
  /** Modules that are not in it, which whoever runs it has to have. */
  readonly imports: readonly string[];
  readonly exports: readonly string[];
  /** Paths of the modules that it is made of, those of which nothing is left aside. */
  readonly modules: readonly string[];
}

export interface BundleOptions {
  /** Of a module, or a script that keeps its names to itself. */
  readonly format: "esm" | "iife";
  readonly minify?: boolean;
  /** What "landau" is: the source of this package when absent. */
  readonly landau?: string;
  /** What becomes of modules that are imported when they are asked for: part of the bundle when absent. */
  readonly dynamic?: "external";
}

/** One file with all that a module imports, for browsers; or several modules that are exported together. */
export const bundleForBrowser = async (
  entry: string | readonly string[],
  { format, minify, landau = "src/index.ts", dynamic }: BundleOptions,
): Promise<Bundle> => {
  const { output } = await build({
    input: typeof entry === "string" ? resolve(root, entry) : TOGETHER,
    platform: "browser",
    write: false,
    logLevel: "silent",
    resolve: { alias: { landau: resolve(root, landau) } },
    // In one file with others, no module is the one that was started.
    transform: { define: { "import.meta.filename": '"part of a bundle"' } },
    plugins: [...(typeof entry === "string" ? [] : [together(entry)]), ...(dynamic ? [leavingDynamicImports] : [])],
    output: { format, minify, codeSplitting: false },
  });
  const [{ code, fileName, imports, dynamicImports, exports, modules }] = output as [OutputChunk];
  const present = Object.entries(modules).filter(([, { renderedLength }]) => renderedLength > 0);
  // What is imported later is in the file itself.
  const elsewhere = [...imports, ...dynamicImports].filter(name => name !== fileName);
  return { code, imports: elsewhere, exports, modules: present.map(([path]) => path) };
};

const TOGETHER = "entries-together";

const together = (entries: readonly string[]): Plugin => ({
  name: "entries together",
  resolveId: id => (id === TOGETHER ? id : null),
  load: id =>
    id === TOGETHER ? entries.map(entry => `export * from ${JSON.stringify(resolve(root, entry))};\n`).join("") : null,
});

const leavingDynamicImports: Plugin = {
  name: "leaving dynamic imports",
  resolveDynamicImport: id => (typeof id === "string" ? { id, external: true } : null),
};
