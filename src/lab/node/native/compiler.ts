import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { accessSync, constants, readFileSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { arch, cpus } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";
import { LandauError } from "../../../errors.ts";

/** A C compiler of the system. */
export interface Compiler {
  readonly path: string;
  /** What changes with the compiler, its flags or the processor: libraries of one are not those of another. */
  readonly identity: string;
  /**
   * Compiles C in a folder and returns the path of the library. Nothing but names of ours is on the command line. Throws a LandauError of
   * kind "input" when the compiler fails, is killed or takes too long.
   */
  compile(source: string, folder: string): string;
  /** What the compiler says of itself, in one line. */
  version(): string;
}

const NAMES = ["cc", "gcc", "clang"];
const [SOURCE, LIBRARY] = ["program.c", "program.so"];
const FLAGS = [
  ...["-O2", "-march=native", "-ffp-contract=off", "-fno-math-errno", "-fno-trapping-math"],
  ...["-std=gnu11", "-w", "-Werror=implicit-function-declaration", "-shared", "-fPIC"],
];
const PATIENCE = 180_000;

/** The first C compiler on the path; undefined where there is none, and on Windows. */
export const findCompiler = (environment: NodeJS.ProcessEnv = process.env): Compiler | undefined => {
  if (process.platform === "win32") return undefined;
  const folders = (environment.PATH ?? "").split(delimiter).filter(isAbsolute);
  for (const name of NAMES)
    for (const folder of folders) {
      const path = join(folder, name);
      if (isExecutable(path)) return compilerAt(path, environment);
    }
  return undefined;
};

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
};

const compilerAt = (path: string, { PATH }: NodeJS.ProcessEnv): Compiler => {
  const real = realpathSync(path);
  const { size, mtimeMs } = statSync(real);
  return {
    path,
    identity: createHash("sha256")
      .update(JSON.stringify([real, size, mtimeMs, FLAGS, processor()]))
      .digest("hex"),
    version: () =>
      spawnSync(path, ["--version"], { encoding: "utf8", timeout: PATIENCE }).stdout?.split("\n", 1)[0] ?? "",
    compile(source, folder) {
      writeFileSync(join(folder, SOURCE), source, { mode: 0o600 });
      const { status, signal, error, stderr } = spawnSync(path, [...FLAGS, "-o", LIBRARY, SOURCE], {
        cwd: folder,
        // Variables of the environment would change what is compiled.
        env: { PATH, TMPDIR: folder },
        stdio: ["ignore", "ignore", "pipe"],
        encoding: "utf8",
        timeout: PATIENCE,
      });
      if (status === 0) return join(folder, LIBRARY);
      const first = (stderr ?? "").split("\n").find(line => line.includes("error")) ?? "";
      const why = error?.message ?? (signal ? `was ended by ${signal}` : `ended with ${status}`);
      throw new LandauError("input", `${path} ${why}${first && `: ${first.trim()}`}`);
    },
  };
};

/** What the processor can do, on which "native" depends. */
const processor = (): string => {
  const named = `${arch()} ${cpus()[0]?.model ?? ""}`;
  if (process.platform !== "linux") return named;
  try {
    const flags = readFileSync("/proc/cpuinfo", "utf8").match(/^(flags|Features)\s*:.*$/m)?.[0] ?? "";
    return `${named} ${flags}`;
  } catch {
    return named;
  }
};
