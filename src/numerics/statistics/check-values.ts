import { invalid } from "../../errors.ts";

/** Throws unless there are at least `least` values and all are finite. */
export const checkValues = (name: string, values: ArrayLike<number>, least: number): void => {
  if (values.length < least) throw invalid(`the length of ${name}`, values.length, `at least ${least}`);
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i])) throw invalid(`${name}[${i}]`, values[i], "a finite number");
};
