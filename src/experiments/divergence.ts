import { LandauError } from "../errors.ts";
import { entryPlace, firstNotFinite } from "../learning/entry-place.ts";
import type { ChainRange } from "./chain-range.ts";
import { firstBrokenArray } from "./diagnose.ts";
import type { StepProgram } from "./step-program.ts";

/** A call of a step program that can be made again, as far as one likes. */
export interface StepCall {
  readonly made: StepProgram;
  readonly members: ChainRange;
  /** Number of its first step. */
  readonly step: number;
  /** The chains before it. */
  readonly before: Uint8Array;
  run(steps: number): void;
}

/** A member that was seen to have left the finite numbers after so many steps of a call: by its loss then, or by an array. */
export interface Suspect {
  readonly member: number;
  readonly steps: number;
  readonly loss?: number;
}

/** The first entry that is not finite of all arrays that training moves, as "W[1,2] is NaN". */
export const brokenEntry = ({ goal, program }: StepProgram, member: number): string | undefined => {
  for (const { parameter } of goal.updates) {
    const { name } = parameter.attributes;
    const values = program.read(name, { chain: member });
    const entry = firstNotFinite(values);
    if (entry >= 0) return `${name}${entryPlace(parameter.shape, entry)} is ${values[entry]}`;
  }
  return undefined;
};

/** The error of kind "diverged" that tells at which step it happened, in which array, on which line, and what to change. */
export const divergence = (call: StepCall, { member, steps, loss }: Suspect): LandauError => {
  const { made, members, step, before, run } = call;
  const brokenAfter = (steps: number): string | undefined => {
    made.program.restoreChains(before);
    if (steps > 0) run(steps);
    return brokenEntry(made, member);
  };
  const isArray = brokenAfter(steps) !== undefined;
  const row = isArray ? lastWhole(brokenAfter, steps) : steps;
  const entry = isArray ? brokenAfter(row + 1) : undefined;
  brokenAfter(row);
  const { seed, from, count } = members;
  const who = count === 1 && from === 0 ? "" : ` of chain ${from + member}`;
  const what = entry ? `${entry}${who} after step ${step + row}` : `loss${who} is ${loss} at step ${step + row}`;
  const address = { seed, chain: from + member, step: step + row };
  const where = firstBrokenArray(made, { chain: member, step: row }, address);
  const sizes = made.optimisers.map(({ scalars: [stepSize] }) => made.program.readNumber(stepSize, { step: row }));
  return new LandauError("diverged", `${what}: ${where}. ${hint(made, step + row, sizes)}`);
};

/** The last number of steps after which all arrays are finite, by halving: what is not finite stays so. */
const lastWhole = (brokenAfter: (steps: number) => string | undefined, steps: number): number => {
  let [whole, broken] = [0, steps];
  while (broken - whole > 1) {
    const middle = (whole + broken) >> 1;
    if (brokenAfter(middle)) broken = middle;
    else whole = middle;
  }
  return whole;
};

/** What to change; `sizes` are the step sizes that the optimisers had at that step. */
export const hint = ({ optimisers }: StepProgram, step: number, sizes: readonly number[]): string => {
  if (step === 0) return "No step was made before: change the model there, its start, or the scale of the data";
  const own = optimisers.map(({ optimiser }, i) => `${Number(sizes[i].toPrecision(6))} of ${optimiser.name}`);
  return `Lower the step size (${own.join(", ")}), clip the gradient, or start closer to 0`;
};
