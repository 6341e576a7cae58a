import type { Settings } from "../src/contracts/field.ts";
import type { Learner } from "../src/contracts/learner.ts";
import { isLandauError } from "../src/errors.ts";
import type { Frame } from "./frame.ts";
import { shortNumber } from "./picture.ts";

/** The learning coefficient of the phase of a state in closed form, in words; empty where theory has none. */
export const exactText = (learner: Learner, frame: Frame | undefined, values: Settings): string => {
  if (!frame) return "";
  try {
    const exact = learner.coefficient?.(frame.label, values as never);
    return exact ? `closed form for phase ${frame.label}: ${shortNumber(exact.lambda)} (${exact.where})` : "";
  } catch (error) {
    if (isLandauError(error)) return "";
    throw error;
  }
};
