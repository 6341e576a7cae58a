import { type Control, type Controls, choice, integer, number, type ValuesOf } from "../../contracts/field.ts";
import type { Address } from "../../contracts/protocol.ts";
import { invalid } from "../../errors.ts";
import { normalSample, normalSamples } from "../../numerics/normal-sample.ts";
import { stream } from "../../numerics/stream.ts";
import { freezingField } from "./theory/laws.ts";
import { type Collective, DEEPEST, magnetisation } from "./theory/model.ts";

/** What all protocols share: the networks, their private data and where they begin. The defaults are the source's. */
export const networkControls = {
  D: integer("hidden layers of each network", { default: 1, min: 0, max: DEEPEST }),
  sigma: number("coupling of the networks", { default: 1, min: 0, max: 1e6, scale: "log" }),
  weightDecay: number("weight decay", { default: 1e-3, min: 0, max: 100, scale: "log", formerly: ["gamma"] }),
  networks: integer("networks", { default: 200, min: 1, max: 100_000, scale: "log" }),
  sample: choice(
    "strengths of the private data: drawn, drawn with exact mean and variance, or quantiles of the normal law",
    normalSamples,
  ),
  deltaMean: number("mean of the strengths", { default: 0, min: -100, max: 100 }),
  deltaSd: number("standard deviation of the strengths", { default: 2, min: 0, max: 100 }),
  low: number("m at the start is uniform from here", { default: -1.7, min: -100, max: 100 }),
  high: number("to here", { default: 2.3, min: -100, max: 100 }),
} as const satisfies Controls;

/** Their values. */
export type Networks = ValuesOf<typeof networkControls>;

export const toleranceControl = number("error of a step, both root mean square, relative to m", {
  default: 1e-7,
  min: 1e-13,
  max: 1e-2,
  scale: "log",
}) satisfies Control;

export const timeControl = number("time of the flow: step size times steps of training", {
  default: 10,
  min: 1e-6,
  max: 1e9,
  scale: "log",
}) satisfies Control;

export const checkStart = ({ low, high }: Pick<Networks, "low" | "high">): void => {
  if (!(low <= high)) throw invalid("low", low, `at most high, which is ${high}`);
};

/** Strengths delta_i of the private data. */
export const strengths = (
  { networks, sample, deltaMean, deltaSd }: Pick<Networks, "networks" | "sample" | "deltaMean" | "deltaSd">,
  { seed, chain }: Address,
): Float64Array => {
  const law = normalSample(networks, sample, stream({ seed, chain, purpose: "delta" }));
  return law.map(each => deltaMean + deltaSd * each);
};

/** Where the networks begin. */
export const startState = ({ networks, low, high }: Networks, { seed, chain }: Address): Float64Array => {
  const m = new Float64Array(networks);
  stream({ seed, chain, purpose: "start" }).uniforms(m);
  for (let i = 0; i < networks; i++) m[i] = low + (high - low) * m[i];
  return m;
};

/** The networks of a member, at its coupling. */
export const collectiveAt = (at: Networks, address: Address): Collective => ({
  D: at.D,
  gamma: at.weightDecay,
  sigma: at.sigma,
  delta: strengths(at, address),
});

/** Below this all networks count as dead. */
const DEAD = 1e-3;

/** Mean, its size, root mean square, and the phase: ordered where more than half of the latter is common to all networks. */
export const collectiveState = (m: ArrayLike<number>) => {
  const M = magnetisation(m);
  let squares = 0;
  for (let i = 0; i < m.length; i++) squares += m[i] * m[i];
  const rms = Math.sqrt(squares / m.length);
  const label: "ordered" | "disordered" = rms > DEAD && 2 * Math.abs(M) > rms ? "ordered" : "disordered";
  return { M, order: Math.abs(M), rms, label };
};

export type State = ReturnType<typeof collectiveState>;

/** How many networks have the sign that M has not, and how many of them should not, by the field they can withstand. */
export const minority = (collective: Collective, m: ArrayLike<number>) => {
  const { D, sigma, delta } = collective;
  if (D === 0) return { minority: null, unexplained: null };
  const M = magnetisation(m);
  const sign = M < 0 ? -1 : 1;
  let [count, unexplained] = [0, 0];
  for (let i = 0; i < m.length; i++) {
    if (m[i] * sign > -DEAD) continue;
    count++;
    // With m = -sign u the private data pull outward at the rate -delta (-sign)^(D+1) u^D.
    const pull = D % 2 === 1 ? delta[i] : -sign * delta[i];
    if (sigma * Math.abs(M) > freezingField(collective, Math.max(0, pull)) + 1e-9) unexplained++;
  }
  return { minority: count, unexplained };
};
