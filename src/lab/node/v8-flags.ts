import { execFileSync } from "node:child_process";
import { setFlagsFromString } from "node:v8";

let listed: string | undefined;

/** Whether V8 has a flag. It is asked in a process of its own: being given a flag that it does not have, V8 writes to the terminal. */
export const hasV8Flag = (flag: string): boolean => {
  listed ??= execFileSync(process.execPath, ["--v8-options"], { encoding: "utf8", maxBuffer: 1 << 24 });
  return new RegExp(`^\\s*${flag} `, "m").test(listed);
};

/** Sets a flag that V8 has, for all threads of this process and for what is compiled from now on. */
export const setV8Flag = setFlagsFromString;
