import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "../../contracts/json.ts";
import { guarded, readIfThere } from "./files.ts";

/** Results by key, on disk as soon as they are there. */
export interface KeptResults {
  get(key: string): Json | undefined;
  put(key: string, value: Json): void;
}

/** Those of one question, in a file of JSON Lines with its hash in the name. A last line that was cut, or any that is damaged, is as if it were not there. */
export const keptResults = (folder: string, hash: string): KeptResults => {
  const path = join(folder, `along-${hash.slice(0, 16)}.jsonl`);
  const known = new Map<string, Json>();
  const bytes = readIfThere(path);
  const text = bytes ? new TextDecoder().decode(bytes) : "";
  for (const line of text.split("\n")) {
    try {
      const { key, value } = JSON.parse(line);
      if (typeof key === "string" && value !== undefined) known.set(key, value);
    } catch {}
  }
  // A line that was cut ends here, so that the next one begins a line.
  let before = text === "" || text.endsWith("\n") ? "" : "\n";
  return {
    get: key => known.get(key),
    put(key, value) {
      guarded("write", path, () => {
        mkdirSync(folder, { recursive: true });
        appendFileSync(path, `${before}${JSON.stringify({ key, value })}\n`);
      });
      before = "";
      known.set(key, value);
    },
  };
};
