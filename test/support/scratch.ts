import { existsSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const MEMORY = "/dev/shm";
const ROOM = 2 ** 31;

/** In memory where there is room: runs wait for the disk at every saved state, and no test asks what a loss of power leaves. */
const place = (): string => {
  if (!existsSync(MEMORY)) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize > ROOM ? MEMORY : tmpdir();
};

/** Makes the folder in which all tests of a call keep their files, and removes it in the end. Vitest calls this once for each project. */
export const setup = (): (() => void) | undefined => {
  if (process.env.LANDAU_SCRATCH) return;
  const folder = mkdtempSync(join(place(), "landau-"));
  process.env.LANDAU_SCRATCH = folder;
  return () => {
    rmSync(folder, { recursive: true, force: true });
    delete process.env.LANDAU_SCRATCH;
  };
};

/** A new folder for the files of a test. */
export const emptyFolder = (): string => mkdtempSync(join(process.env.LANDAU_SCRATCH ?? tmpdir(), "test-"));
