import { type ErrorKind, isLandauError } from "../../src/errors.ts";

/** The message of the LandauError of a kind that is thrown. */
export const messageOf = (act: () => unknown, kind: ErrorKind = "input"): string => {
  try {
    act();
  } catch (error) {
    if (isLandauError(error, kind)) return error.message;
    throw error;
  }
  throw new Error("nothing was thrown");
};
