import { type Finding, type Health, healthFrom } from "../contracts/health.ts";
import { mean } from "../numerics/statistics.ts";
import type { Chains } from "./diagnostics/chains.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { essBulk, essTail } from "./diagnostics/effective-sample-size.ts";
import { eBfmi } from "./diagnostics/energy.ts";
import { rHat } from "./diagnostics/r-hat.ts";
import { LARGEST_R_HAT, LEAST_ESS } from "./diagnostics/summary.ts";
import { chainsOf, type Draws } from "./draws.ts";
import type { Sampler } from "./sampler.ts";

export type SamplingSign =
  | "agreement"
  | "starts"
  | "effective draws"
  | "divergences"
  | "trajectories"
  | "energy"
  | "acceptance"
  | "bias";

type Sign = Finding<SamplingSign>;

/** Below this the momenta cannot carry the chain through the tails.  [Betancourt 2016] */
export const LEAST_E_BFMI = 0.3;

/**
 * Reads the health of a run off its draws and what was seen on the way; `sharedStart` says that all chains began at one point. Time grows
 * with the quantities kept.
 */
export const healthOf = (sampler: Sampler, seen: Draws, sharedStart = false): Health<SamplingSign> =>
  healthFrom([
    ...convergence(seen),
    ...(sharedStart ? [oneStart] : []),
    ...(sampler.hamiltonian ? [...trajectories(seen), energy(seen.energies)] : []),
    ...acceptance(sampler, seen),
    ...(sampler.adjusted ? [] : [bias]),
  ]);

const convergence = (seen: Draws): Sign[] => {
  const quantities: (readonly [string, Chains])[] = [
    ...seen.names.map(name => [name, chainsOf(seen, name)] as const),
    ["the loss", seen.losses],
  ];
  const measured = quantities.map(([name, chains]) => ({
    name,
    hat: rHat(chains),
    ess: [essBulk(chains), essTail(chains)] as const,
  }));
  const stuck = measured.find(({ hat }) => hat.kind === "undefined");
  if (stuck?.hat.kind === "undefined")
    return [
      {
        name: "agreement",
        outcome: "undefined",
        text: `${stuck.name} says nothing: ${stuck.hat.reason}; keep what moves, or draw more`,
      },
    ];
  const worst = (of: (each: (typeof measured)[number]) => number) =>
    measured.map(each => ({ name: each.name, value: of(each) })).reduce((a, b) => (b.value > a.value ? b : a));
  const hat = worst(({ hat }) => orElse(hat, Infinity));
  // A quantity of two values has no tails.
  const ess = worst(({ ess: [bulk, tail] }) => -Math.min(orElse(bulk, 0), orElse(tail, Infinity)));
  const least = LEAST_ESS * seen.losses.length;
  const enough = -ess.value >= least;
  return [
    {
      name: "agreement",
      outcome: hat.value <= LARGEST_R_HAT ? "good" : hat.value <= 1.1 ? "doubtful" : "bad",
      value: hat.value,
      text: `R-hat is at most ${hat.value.toFixed(4)}, of ${hat.name}${
        hat.value <= LARGEST_R_HAT
          ? ""
          : `: above ${LARGEST_R_HAT} the chains disagree; a longer burn-in, more draws, or tempering if they sit in different modes`
      }`,
    },
    {
      name: "effective draws",
      outcome: enough ? "good" : "doubtful",
      value: -ess.value,
      text: `${Math.round(-ess.value)} effective draws at least, of ${ess.name}${
        enough ? "" : `: fewer than ${least}; run ${(least / Math.max(1, -ess.value)).toFixed(1)} times as long`
      }`,
    },
  ];
};

const orElse = (diagnostic: Diagnostic, otherwise: number): number =>
  diagnostic.kind === "value" ? diagnostic.value : otherwise;

const trajectories = ({ divergent, truncated }: Draws): Sign[] => {
  const diverged = total(divergent);
  const cut = total(truncated);
  const steps = divergent.reduce((sum, chain) => sum + chain.length, 0);
  return [
    {
      name: "divergences",
      outcome: diverged === 0 ? "good" : "bad",
      value: diverged,
      text:
        diverged === 0
          ? "no trajectory diverged"
          : `${counted(diverged)} diverged: there is a place too narrow for the step size, and the draws miss it; reparametrise, or raise targetAcceptance`,
    },
    {
      name: "trajectories",
      outcome: cut <= 0.01 * steps ? "good" : "doubtful",
      value: cut,
      text:
        cut === 0
          ? "every trajectory ended by itself"
          : `${counted(cut)} cut at the longest length: right, but slow; a dense mass, or a larger maxDepth`,
    },
  ];
};

const counted = (trajectories: number): string =>
  trajectories === 1 ? "1 trajectory" : `${trajectories} trajectories`;

const energy = (energies: Chains): Sign => {
  const fractions = eBfmi(energies);
  const lowest = fractions.reduce((a, b) => (orElse(b, -1) < orElse(a, -1) ? b : a));
  const good = orElse(lowest, -1) >= LEAST_E_BFMI;
  const what =
    lowest.kind === "value" ? `E-BFMI is at least ${lowest.value.toFixed(2)}` : `no E-BFMI: ${lowest.reason}`;
  return {
    name: "energy",
    outcome: good ? "good" : "doubtful",
    ...(lowest.kind === "value" && { value: lowest.value }),
    text: good
      ? what
      : `${what}: below ${LEAST_E_BFMI} the momenta hardly reach the tails; reparametrise towards a normal shape, or run longer`,
  };
};

const acceptance = ({ adjusted }: Sampler, { acceptance }: Draws): Sign[] => {
  const rate = mean(acceptance.map(chain => mean(chain)));
  // Samplers that never refuse have nothing to say here.
  if (!adjusted || rate === 1) return [];
  const value = rate;
  const text = `${(100 * rate).toFixed(1)} % of proposals are accepted`;
  if (rate < 0.1)
    return [{ name: "acceptance", outcome: "bad", value, text: `${text}: the chain hardly moves; a smaller stepSize` }];
  if (rate > 0.99)
    return [{ name: "acceptance", outcome: "doubtful", value, text: `${text}: steps are timid; a larger stepSize` }];
  return [{ name: "acceptance", outcome: "good", value, text }];
};

/** Chains that begin together agree even where they miss a mode, so that R-hat says nothing of it. */
const oneStart: Sign = {
  name: "starts",
  outcome: "doubtful",
  text: "all chains begin at one point, so their agreement shows no mode that lies elsewhere: start them apart, with a function of the chain and its random numbers",
};

/** Nothing in the draws shows it, so it cannot be more than doubtful. */
const bias: Sign = {
  name: "bias",
  outcome: "doubtful",
  text: "every step is accepted, and the bias of the step size does not show in the draws: halve it and compare",
};

const total = (series: readonly Float64Array[]): number =>
  series.reduce((sum, chain) => sum + chain.reduce((a, b) => a + b, 0), 0);
