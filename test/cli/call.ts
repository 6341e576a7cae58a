import { main } from "../../src/cli/command-line.ts";

export interface Called {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Calls the command line in this process, without a terminal; its clock stands still, so that no loaded machine makes progress worth a line. */
export const call = async (
  words: readonly string[],
  { env = {}, signal = new AbortController().signal }: { env?: { [name: string]: string }; signal?: AbortSignal } = {},
): Promise<Called> => {
  const written = { stdout: "", stderr: "" };
  const output = (name: "stdout" | "stderr") => ({
    write: (text: string) => {
      written[name] += text;
    },
  });
  const code = await main(words, {
    stdout: output("stdout"),
    stderr: output("stderr"),
    env,
    signal,
    seconds: () => 0,
  });
  return { code, ...written };
};
