import { LandauError } from "../errors.ts";
import type { Comment } from "../formats/columns.ts";

/** What CmdStan and rstan write into the comments of a file of draws. */
export interface StanSettings {
  readonly version?: string;
  readonly model?: string;
  readonly maxDepth?: number;
  readonly thin: number;
  /** Rows of warm-up, before the draws. */
  readonly warmUp: number;
  /** Draws that a finished file holds, when it says so. */
  readonly promised?: number;
}

/**
 * Reads the comments of one chain: its settings, and where adaptation ended. Undefined when they are not Stan's. Throws a LandauError of kind
 * "input" for the output of a method that makes no chain. `from` and `to` are its rows.
 */
export const stanSettings = (
  comments: readonly Comment[],
  { fileName, from, to }: { readonly fileName: string; readonly from: number; readonly to: number },
): { settings: StanSettings; notes: string[] } | undefined => {
  const values = new Map<string, string>();
  for (const { text } of comments) {
    const [, key, value] = /^([\w.]+)\s*=\s*(.*?)\s*(?:\(Default\))?$/.exec(text) ?? [];
    if (key !== undefined && !values.has(key)) values.set(key, value);
  }
  const ended = comments.find(({ text }) => /^adaptation terminated/i.test(text));
  if (!ended && !values.has("stan_version_major") && !(values.has("save_warmup") && values.has("thin")))
    return undefined;
  const method = values.get("method") ?? "sample";
  if (method !== "sample" && !/^generate/.test(method))
    throw new LandauError(
      "input",
      `${fileName}: Stan's method is ${method}: its rows are no draws of a chain; needs the output of method sample`,
    );
  const count = (...keys: string[]): number | undefined => {
    for (const key of keys) {
      const value = Number(values.get(key));
      if (values.has(key) && Number.isSafeInteger(value) && value >= 0) return value;
    }
    return undefined;
  };
  const thin = Math.max(1, count("thin") ?? 1);
  // A fixed parameter has no warm-up, whatever the settings ask for.
  const saved = /^(true|1)$/i.test(values.get("save_warmup") ?? "") && values.get("algorithm") !== "fixed_param";
  const asked = Math.ceil((count("num_warmup", "warmup") ?? 0) / thin);
  const iterations = count("iter");
  const samples = count("num_samples") ?? (iterations !== undefined ? iterations - (count("warmup") ?? 0) : undefined);
  const notes: string[] = [];
  // The line stands where adaptation ended; without it (no adaptation, or a file that was cut) the settings say how many rows.
  const warmUp = ended ? ended.row - from : saved ? Math.min(asked, to - from) : 0;
  if (ended && warmUp > 0 && values.has("save_warmup") && warmUp !== (saved ? asked : 0))
    notes.push(
      `${fileName}: ${warmUp} rows stand before "Adaptation terminated", its settings say ${saved ? asked : 0}: the line is believed`,
    );
  const version = ["major", "minor", "patch"].map(part => values.get(`stan_version_${part}`));
  return {
    settings: {
      ...(version[0] !== undefined && { version: version.filter(part => part !== undefined).join(".") }),
      ...(values.has("model") && { model: values.get("model") }),
      ...(count("max_depth", "max_treedepth") !== undefined && { maxDepth: count("max_depth", "max_treedepth") }),
      thin,
      warmUp,
      ...(samples !== undefined && { promised: Math.ceil(samples / thin) }),
    },
    notes,
  };
};
