import { invalid } from "../errors.ts";
import { exp, log } from "../numerics/elementary.ts";

const checkLast = (last: number): void => {
  if (!(Number.isSafeInteger(last) && last >= 1)) throw invalid("last", last, "a whole number of steps from 1");
};

/** 0, every, 2 every, ... and `last` itself. */
export const linearCheckpoints = (every: number, last: number): number[] => {
  checkLast(last);
  if (!(Number.isSafeInteger(every) && every >= 1)) throw invalid("every", every, "a whole number of steps from 1");
  const steps: number[] = [];
  for (let step = 0; step < last; step += every) steps.push(step);
  steps.push(last);
  return steps;
};

/** 0 and about `count` steps equally spaced on a log axis from 1 to `last`, rounded to whole steps without repeats. */
export const logCheckpoints = (count: number, last: number): number[] => {
  checkLast(last);
  if (!(Number.isSafeInteger(count) && count >= 2)) throw invalid("count", count, "a whole number from 2");
  const steps = new Set([0]);
  for (let i = 0; i < count; i++) steps.add(Math.round(exp((log(last) * i) / (count - 1))));
  steps.add(last);
  return [...steps];
};

/** Early changes are quick and late ones rare: the union of both kinds, ascending. */
export const logAndLinearCheckpoints = (count: number, every: number, last: number): number[] =>
  [...new Set([...logCheckpoints(count, last), ...linearCheckpoints(every, last)])].sort((a, b) => a - b);
