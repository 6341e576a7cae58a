import { exp, log } from "../../src/numerics/elementary.ts";
import { type Stream, stream } from "../../src/numerics/stream.ts";

/** A made curve; `steps` where they are not 0, 1, ... */
export interface Made {
  readonly values: Float64Array;
  readonly steps?: Float64Array;
}

export const LENGTH = 300;
const DISCARDED = 200;

/** Stationary AR(1) noise of standard deviation 1. */
export const dependent = (phi: number, random: Stream, n = LENGTH): Float64Array => {
  const innovation = Math.sqrt(1 - phi * phi);
  const values = new Float64Array(n);
  let value = random.normal();
  for (let i = -DISCARDED; i < n; i++) {
    if (i >= 0) values[i] = value;
    value = phi * value + innovation * random.normal();
  }
  return values;
};

const walk = (random: Stream): Float64Array => {
  let place = 0;
  return Float64Array.from({ length: LENGTH }, () => {
    place += random.normal();
    return place;
  });
};

/** Student's law with three degrees of freedom. */
const student = (random: Stream): number => {
  const square = [0, 1, 2].reduce(sum => sum + random.normal() ** 2, 0);
  return random.normal() / Math.sqrt(square / 3);
};

const linear = Float64Array.from({ length: LENGTH }, (_, i) => i + 1);
/** 1 to 10^5. */
const logarithmic = Float64Array.from({ length: LENGTH }, (_, i) => exp((log(1e5) * i) / (LENGTH - 1)));

const between = (low: number, high: number, random: Stream): number => low + (high - low) * random.uniform();

/** A law from 1 to 0 and an offset, in noise of 1 to 5 % of its range that is white or has coefficient 1/2. */
const lawInNoise = (steps: Float64Array, law: (random: Stream) => (step: number) => number, random: Stream): Made => {
  const [value, offset] = [law(random), random.uniform()];
  const noise = dependent(random.uniform() < 0.5 ? 0 : 0.5, random);
  const deviation = between(0.01, 0.05, random);
  return { steps, values: steps.map((step, i) => offset + value(step) + deviation * noise[i]) };
};

const powerLaw = (random: Stream) => {
  const exponent = between(0.2, 1.5, random);
  return (step: number): number => exp(-exponent * log(step));
};
const exponential = (steps: Float64Array) => (random: Stream) => {
  const rate = between(2, 20, random) / steps[LENGTH - 1];
  return (step: number): number => exp(-rate * step);
};

/** (1 + step / start)^-exponent: a power law that begins somewhere between 1 % of the steps and all of them, such as the hyperbola 1 / (1 + c step). */
const laterPowerLaw = (lowest: number, highest: number) => (random: Stream) => {
  const exponent = between(0.3, 2, random);
  const start = exp(between(log(lowest), log(highest), random));
  return (step: number): number => exp(-exponent * log(1 + step / start));
};

/** A smooth curve of range 1 in noise of 1 to 5 % of that. */
const bendInNoise = (steps: Float64Array, law: (random: Stream) => (step: number) => number, random: Stream): Made => {
  const all = steps.map(law(random));
  const [low, high] = [Math.min(...all), Math.max(...all)];
  let i = 0;
  return lawInNoise(steps, () => () => (all[i++] - low) / (high - low), random);
};

/** Noise of 2 to 10 % of a loss that falls by a power law without an offset. */
const fallingNoise = (steps: Float64Array, random: Stream): Made => {
  const exponent = between(0.2, 0.6, random);
  const share = between(0.02, 0.1, random);
  const noise = dependent(0, random);
  return { steps, values: steps.map((step, i) => exp(-exponent * log(step)) * (1 + share * noise[i])) };
};

/** Curves without a change. */
export const nulls: { readonly [name: string]: (random: Stream) => Made } = {
  white: random => ({ values: dependent(0, random) }),
  "AR(1), 0.5": random => ({ values: dependent(0.5, random) }),
  "AR(1), 0.9": random => ({ values: dependent(0.9, random) }),
  "random walk": random => ({ values: walk(random) }),
  line: random => {
    const [noise, slope] = [dependent(0, random), between(2, 20, random)];
    return { values: noise.map((value, i) => value + (slope * i) / LENGTH) };
  },
  "power law, linear steps": random => lawInNoise(linear, powerLaw, random),
  "power law, log steps": random => lawInNoise(logarithmic, powerLaw, random),
  "exponential, linear steps": random => lawInNoise(linear, exponential(linear), random),
  "exponential, log steps": random => lawInNoise(logarithmic, exponential(logarithmic), random),
  "noise falls with the loss, linear steps": random => fallingNoise(linear, random),
  "noise falls with the loss, log steps": random => fallingNoise(logarithmic, random),
  "later power law, linear steps": random => bendInNoise(linear, laterPowerLaw(3, LENGTH), random),
  "later power law, log steps": random => bendInNoise(logarithmic, laterPowerLaw(10, 1e4), random),
  "Student, 3 degrees of freedom": random => ({ values: new Float64Array(LENGTH).map(() => student(random)) }),
};

/** The series of a seed. */
export const nullSeries = (name: string, seed: number): Made =>
  nulls[name](stream({ seed, purpose: `no change: ${name}` }));

/** AR(1) noise of standard deviation 1 with one jump by `size`, at some moment in the middle third; `at` is the first index after it. */
export const jumpSeries = (
  phi: number,
  size: number,
  seed: number,
): Made & { readonly at: number; readonly moment: number } => {
  const random = stream({ seed, purpose: `jump: ${phi} ${size}` });
  const moment = (LENGTH / 3) * (1 + random.uniform());
  const at = Math.ceil(moment);
  return { at, moment, values: dependent(phi, random).map((value, i) => value + (i >= at ? size : 0)) };
};
