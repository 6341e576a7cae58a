/** Which call of the file system fails, and with what; a write may also take only a part of its bytes. */
export const fault = { calls: 0, at: Number.POSITIVE_INFINITY, code: "", fired: "" };

export const SHORT = "short";
/** What a disk, a network or a system that has no more to give answers with. */
export const codes = ["ENOSPC", "EIO", "EACCES", "EMFILE", "EROFS", SHORT];

const names = [
  ...["openSync", "closeSync", "readSync", "writeSync", "fsyncSync", "ftruncateSync", "readFileSync", "writeFileSync"],
  ...["appendFileSync", "renameSync", "linkSync", "unlinkSync", "rmSync", "mkdirSync", "readdirSync", "statSync"],
];

/** The module of the file system, with calls that fail when it is their turn. */
export const failing = <Files extends object>(real: Files): Files => {
  const calls = real as { readonly [name: string]: (...words: unknown[]) => unknown };
  const failed = names.map(name => [
    name,
    (...words: unknown[]) => {
      // What tells processes apart is read from the system, not from the folder of the run.
      if (String(words[0]).startsWith("/proc/") || fault.calls++ !== fault.at) return calls[name](...words);
      fault.fired = name;
      if (fault.code === SHORT && name === "writeSync") {
        const [file, bytes, at = 0] = words as [number, Uint8Array, number?];
        return calls[name](file, bytes, at, Math.max(1, (bytes.length - at) >> 1));
      }
      const code = fault.code === SHORT ? "EIO" : fault.code;
      throw Object.assign(new Error(`${code}: injected, ${name}`), { code });
    },
  ]);
  return { ...real, ...Object.fromEntries(failed) };
};
