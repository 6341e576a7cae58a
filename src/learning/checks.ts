import { invalid } from "../errors.ts";

/** Checks of single settings; each throws a LandauError of kind "input" that names the setting and its value. */

export const checkPositive = (name: string, value: number): void => {
  if (!(Number.isFinite(value) && value > 0)) throw invalid(name, value, "a positive number");
};

export const checkNotNegative = (name: string, value: number): void => {
  if (!(Number.isFinite(value) && value >= 0)) throw invalid(name, value, "a number from 0");
};

/** A share of what was there that is kept: in [0, 1), as with 1 nothing would ever be forgotten. */
export const checkShare = (name: string, value: number): void => {
  if (!(Number.isFinite(value) && value >= 0 && value < 1)) throw invalid(name, value, "a number in [0, 1)");
};

export const checkCount = (name: string, value: number): void => {
  if (!(Number.isSafeInteger(value) && value >= 1)) throw invalid(name, value, "a whole number from 1");
};
