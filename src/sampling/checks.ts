import { invalid } from "../errors.ts";

/** Checks of single settings; each throws a LandauError of kind "input" that names the setting and its value. */

export const checkPositive = (name: string, value: number): void => {
  if (!(Number.isFinite(value) && value > 0)) throw invalid(name, value, "a positive number");
};

export const checkNotNegative = (name: string, value: number): void => {
  if (!(Number.isFinite(value) && value >= 0)) throw invalid(name, value, "a number from 0");
};

export const checkWithin = (name: string, value: number, low: number, high: number): void => {
  if (!(value > low && value < high)) throw invalid(name, value, `a number between ${low} and ${high}, ends excluded`);
};

export const checkCount = (name: string, value: number, least = 1): void => {
  if (!(Number.isSafeInteger(value) && value >= least)) throw invalid(name, value, `a whole number from ${least}`);
};

/** Settings of samplers that are functions or samplers themselves, which JavaScript may leave out. */
export const checkFunction = (name: string, value: unknown, needs: string): void => {
  if (typeof value !== "function") throw invalid(name, value, needs);
};

export const checkSampler = (name: string, value: { readonly on?: unknown } | undefined): void => {
  if (typeof value?.on !== "function") throw invalid(name, value, "a sampler, such as samplers.mala()");
};
