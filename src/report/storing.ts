import { LandauError } from "../errors.ts";

/** Waits for work on a file; what fails becomes a LandauError of kind "store" with the path. */
export const storing = async (path: string, work: Promise<unknown>): Promise<void> => {
  try {
    await work;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new LandauError("store", `cannot write the report to ${path}: ${why}`, { cause });
  }
};
