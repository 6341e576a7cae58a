import { type Finding, type Health, healthFrom } from "../../contracts/health.ts";
import { invalid, LandauError } from "../../errors.ts";
import { mean } from "../../numerics/statistics.ts";
import { essMean } from "../../sampling/diagnostics/effective-sample-size.ts";
import { rHat } from "../../sampling/diagnostics/r-hat.ts";
import { mcseMean } from "../../sampling/diagnostics/standard-error.ts";
import { burnInOf } from "./burn-in.ts";
import type { LossDraws, LossSign } from "./loss-draws.ts";
import { agreementSign, burnInSign, driftSign, effectiveSign, signalSign, stepSign } from "./signs-of-chains.ts";
import { deadSigns, finiteSign, spikeSign } from "./signs-of-draws.ts";
import { stepBiasOf } from "./step-bias.ts";

/** What draws of the loss say of the learning coefficient. */
export interface CoefficientOfDraws {
  /** nBeta (<L> - L(w*)) over the chains and draws that count; absent where none do. */
  readonly lambda?: number;
  readonly standardError?: number;
  /** 95 %, of this average: what it lacks to the limit of a large nBeta and a weak localiser is not in it. */
  readonly interval?: readonly [number, number];
  /** Chains that count: finite, moving, each once. */
  readonly chains: number;
  /** Draws of each that count, and those before them that were left out. */
  readonly draws: number;
  readonly burnIn: number;
  /** Of the draws that count; absent where they are undefined. */
  readonly rHat?: number;
  /** Effective draws of the mean. */
  readonly effectiveDraws?: number;
  /** By how much, as a share, the step size makes it too large if the sampler is unadjusted Langevin dynamics; absent where draws are too far apart to tell. */
  readonly stepBias?: number;
  readonly health: Health<LossSign>;
  /** In a sentence. */
  readonly verdict: string;
}

const NORMAL_95 = 1.959963984540054;
/** Chains shorter than this say nothing. */
const LEAST_DRAWS = 20;

/**
 * The learning coefficient from draws of somebody else's sampler, nBeta (<L> - L(w*)) [Lau et al. 2023], with what is wrong with them: chains that left the
 * finite numbers, are dead or copies; a start that is not of the level; drift; spikes; chains that disagree; no signal; the bias of the step size.
 *
 * Throws a LandauError of kind "input" for chains that are too short, of different lengths, or with an nBeta that is no positive number.
 */
export const coefficientOfDraws = (given: LossDraws): CoefficientOfDraws => {
  const { chains, nBeta, baseline, baselineError = 0 } = given;
  check(given);
  const findings: Finding<LossSign>[] = [];
  const { finding: finite, whole } = finiteSign(chains);
  const { findings: dead, alive } = deadSigns(chains, whole);
  findings.push(finite, ...dead);
  const counted = alive.map(index => chains[index]);
  if (counted.length === 0) {
    const health = healthFrom(findings);
    return { chains: 0, draws: 0, burnIn: 0, health, verdict: `no chain can be used: ${health.text.split("\n")[0]}` };
  }
  const burnIn = burnInOf(counted);
  const kept = counted.map(chain => chain.subarray(burnIn));
  const excess = nBeta * (mean(kept.map(chain => mean(chain))) - baseline);
  const error = mcseMean(kept);
  const standardError =
    error.kind === "value" ? nBeta * Math.sqrt(error.value * error.value + baselineError * baselineError) : undefined;
  const hat = rHat(kept);
  const effective = essMean(kept);
  const stepBias = stepBiasOf(kept, given.unadjustedSteps ?? 1);
  findings.push(
    burnInSign(burnIn, counted[0].length),
    driftSign(kept, nBeta, excess),
    spikeSign(chains, alive, kept),
    agreementSign(hat, counted.length),
    effectiveSign(effective),
    signalSign(excess, standardError, nBeta * baselineError),
  );
  if (given.unadjustedSteps !== undefined) findings.push(stepSign(stepBias));
  const health = healthFrom(findings);
  return {
    lambda: excess,
    ...(standardError !== undefined && {
      standardError,
      interval: [excess - NORMAL_95 * standardError, excess + NORMAL_95 * standardError] as const,
    }),
    chains: counted.length,
    draws: kept[0].length,
    burnIn,
    ...(hat.kind === "value" && { rHat: hat.value }),
    ...(effective.kind === "value" && { effectiveDraws: effective.value }),
    ...(stepBias !== undefined && { stepBias }),
    health,
    verdict: verdictOf(health, given.unadjustedSteps === undefined ? 0 : (stepBias ?? 0)),
  };
};

const check = ({ chains, nBeta, baseline, baselineError = 0 }: LossDraws): void => {
  if (!(nBeta > 0 && nBeta < Infinity)) throw invalid("nBeta", nBeta, "a positive number");
  if (!Number.isFinite(baseline)) throw invalid("the baseline L(w*)", baseline, "a finite number");
  if (!(baselineError >= 0)) throw invalid("the error of the baseline", baselineError, "a number from 0");
  if (chains.length === 0) throw invalid("chains", 0, "at least one");
  const [{ length }] = chains;
  if (length < LEAST_DRAWS) throw invalid("the draws of a chain", length, `at least ${LEAST_DRAWS}`);
  const other = chains.findIndex(chain => chain.length !== length);
  if (other >= 0)
    throw new LandauError(
      "input",
      `chain ${other + 1} has ${chains[other].length} draws, the first ${length}: all need the same number`,
    );
};

/** From this share on the bias of the step size is part of the verdict. */
const TOLD = 0.05;

const verdictOf = ({ outcome, findings }: Health<LossSign>, stepBias: number): string => {
  const names = (condition: string) => findings.filter(each => each.outcome === condition).map(({ name }) => name);
  const beside = stepBias < TOLD ? "" : `, which the step size makes about ${(100 * stepBias).toFixed(0)} % too large`;
  if (outcome === "good") return `the draws support this number${beside}`;
  const bad = [...names("bad"), ...names("undefined")];
  if (bad.length > 0) return `do not use this number before these are mended: ${bad.join(", ")}`;
  return `use this number with care: ${names("doubtful").join(", ")}`;
};
