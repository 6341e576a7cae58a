import { basename, relative, sep } from "node:path";
import { shellWord } from "../call-text.ts";

export interface Started {
  /** The script that Node was given. */
  readonly script: string;
  /** Folder of the package, and the one in which the reader types. */
  readonly root: string;
  readonly cwd: string;
  readonly env: { readonly [name: string]: string | undefined };
}

/** The words that start the command line again from where it was started, so that a hint can be pasted. */
export const programWords = ({ script, root, cwd, env }: Started): string => {
  // npm sets these for `npx landau` and `npm start`.
  if (env.npm_command === "exec" || env.npm_lifecycle_event) return "npx landau";
  if (!basename(script).startsWith("cli.")) return "landau";
  // In a clone npx finds the package that it stands in.
  if (`${cwd}${sep}`.startsWith(`${root}${sep}`)) return "npx landau";
  return `node ${shellWord(relative(cwd, script))}`;
};
