import { spawnSync } from "node:child_process";

const works = (...words: readonly string[]): boolean => spawnSync("python3", words).status === 0;

/** Whether this machine has a Python, and one with numpy: tests that need it are skipped where it has not, and say so. */
export const hasPython = works("--version");
export const hasNumpy = hasPython && works("-c", "import numpy");
