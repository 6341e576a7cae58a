import type { SpecPath } from "./spec.ts";

/**
 * The line, from 1, on which a place of a TOML spec is written, or that of the closest table around it. The reader of
 * TOML keeps no positions; this walks over headers and keys as people write them, and serves error messages only.
 */
export const tomlLine = (text: string, path: SpecPath): number | undefined => {
  const counts = new Map<string, number>();
  let table: SpecPath = [];
  let best: { readonly length: number; readonly line: number } | undefined;

  const offer = (here: SpecPath, line: number) => {
    const fits = here.length <= path.length && here.every((step, i) => step === path[i]);
    if (fits && here.length > (best?.length ?? 0)) best = { length: here.length, line };
  };

  for (const [i, content] of text.split("\n").entries()) {
    const [, opening, header] = /^\s*(\[\[?)([^[\]]+)\]/.exec(content) ?? [];
    if (header !== undefined) {
      const names = keyParts(header);
      const name = names.join(".");
      if (opening === "[[") counts.set(name, (counts.get(name) ?? -1) + 1);
      table = names.flatMap((step, depth): SpecPath => {
        const index = counts.get(names.slice(0, depth + 1).join("."));
        return index === undefined ? [step] : [step, index];
      });
      offer(table, i + 1);
      continue;
    }
    const [, key] = /^\s*([^=#]+?)\s*=/.exec(content) ?? [];
    if (key !== undefined) offer([...table, ...keyParts(key)], i + 1);
  }
  return best?.line;
};

const keyParts = (key: string): string[] => key.split(".").map(part => part.trim().replace(/^(["'])(.*)\1$/, "$2"));
