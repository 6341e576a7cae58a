import { fstatSync, writeSync } from "node:fs";
import { LandauError } from "../errors.ts";
import type { Output } from "./terminal.ts";

/**
 * A stream that may be a file or a device, such as a standard output that was redirected. Of what does not fit on a disk Node's own stream loses the rest without a
 * word: here it is an error of kind "store". Pipes and terminals stay as they are.
 */
export const fileOutput = (output: Output & { readonly fd: number }, what: string): Output => {
  const { fd } = output;
  const stat = fstatSync(fd);
  if (stat.isFIFO() || stat.isSocket() || output.isTTY) return output;
  return {
    write(text) {
      const bytes = Buffer.from(text);
      try {
        for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
      } catch (cause) {
        throw new LandauError("store", `cannot write ${what}: ${(cause as Error).message}: is there room?`, { cause });
      }
    },
  };
};
