import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "rolldown";

const root = resolve(import.meta.dirname, "../..");

export interface Page {
  /** The files that a page shows, by their paths in the project. */
  readonly files: ReadonlyMap<string, string>;
  /** What it adds to `src/systems/index.ts`. */
  readonly row: { readonly import: string; readonly entry: string };
}

/** A copy of the package with what a page adds, in a folder of its own that is removed with `remove`. */
export const grownTree = ({ files, row }: Page) => {
  const path = mkdtempSync(join(realpathSync(tmpdir()), "landau-page-"));
  for (const name of ["src", "package.json", "tsconfig.json"])
    cpSync(join(root, name), join(path, name), { recursive: true });
  symlinkSync(realpathSync(join(root, "node_modules")), join(path, "node_modules"));
  for (const [file, text] of files) {
    mkdirSync(join(path, file, ".."), { recursive: true });
    writeFileSync(join(path, file), text);
  }
  const table = join(path, "src/systems/index.ts");
  const text = readFileSync(table, "utf8");
  const grown = text
    .replace(/(?=\n\/\*\* A system that is loaded)/, row.import)
    .replace(/(?=\} as const satisfies)/, row.entry);
  writeFileSync(table, grown);
  return {
    path,
    /** Lines of the table that are new. */
    added: grown.split("\n").length - text.split("\n").length,
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
};

/** Builds the command line of such a copy, with its worker beside it, as `npm run build` does without declarations. */
export const buildCli = async (path: string): Promise<string> => {
  await build({
    cwd: path,
    input: { cli: "src/cli/main.ts", "worker-node": "src/lab/node/worker.ts" },
    platform: "node",
    external: id => /^[^./]/.test(id),
    logLevel: "silent",
    output: { dir: "dist", entryFileNames: "[name].mjs", chunkFileNames: "[name]-[hash].mjs" },
  });
  return join(path, "dist/cli.mjs");
};
