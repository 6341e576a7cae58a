import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const hashOf = parts => {
  const hash = createHash("sha256");
  for (const part of parts) {
    const bytes = Buffer.from(part instanceof Uint8Array ? part : String(part));
    hash.update(`${bytes.length} `).update(bytes);
  }
  return hash.digest("hex").slice(0, 24);
};

/** Answers of long benchmarks, kept in a folder: one that was interrupted has them when it runs again. */
export const keptIn = folder => {
  mkdirSync(folder, { recursive: true });
  return {
    /** The text that was kept for these parts (bytes or words: the code and what it is asked), or else what `make` answers. */
    async text(parts, make) {
      const path = join(folder, `${hashOf(parts)}.txt`);
      if (existsSync(path)) return readFileSync(path, "utf8");
      const text = await make();
      const unfinished = `${path}.${process.pid}`;
      writeFileSync(unfinished, text);
      renameSync(unfinished, path);
      return text;
    },
    /** A copy of a program beside it, named by its content: bundling it anew cannot change what runs. */
    copy(path) {
      const copy = path.replace(/\.mjs$/, `-${hashOf([readFileSync(path)])}.mjs`);
      copyFileSync(path, copy);
      return copy;
    },
  };
};
