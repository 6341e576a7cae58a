import type { Finding } from "../../contracts/health.ts";
import { mean } from "../../numerics/statistics.ts";
import type { Diagnostic } from "../../sampling/diagnostics/diagnostic.ts";
import { essMean } from "../../sampling/diagnostics/effective-sample-size.ts";
import { meanOverChains } from "./burn-in.ts";
import type { LossSign } from "./loss-draws.ts";

type Sign = Finding<LossSign>;

/** Share of the draws from which a burn-in is no start any more. */
const LONG_START = 0.45;

export const burnInSign = (burnIn: number, draws: number): Sign => {
  const text =
    burnIn === 0
      ? "the chains begin on the level on which they end"
      : `the first ${burnIn} of ${draws} draws are a start and left out`;
  return burnIn < LONG_START * draws
    ? { name: "burn-in", outcome: "good", value: burnIn, text }
    : { name: "burn-in", outcome: "doubtful", value: burnIn, text: `${text}: it may not have ended; run longer` };
};

/** Standard errors and share of the average from which on a change along the draws counts. */
const DRIFT = { errors: 4, share: 0.1 };

/** A line through the mean over chains, with the errors of its residuals, which are correlated. */
export const driftSign = (kept: readonly Float64Array[], nBeta: number, excess: number): Sign => {
  const along = meanOverChains(kept);
  const draws = along.length;
  const middle = (draws - 1) / 2;
  const squares = (draws * (draws * draws - 1)) / 12;
  const slopeOf = (series: Float64Array) => series.reduce((sum, value, i) => sum + (i - middle) * value, 0) / squares;
  const slope = slopeOf(along);
  // Each chain around its own level: that they differ is another sign.
  const residuals = kept.map(chain => {
    const level = mean(chain);
    return chain.map((value, i) => value - level - slope * (i - middle));
  });
  const effective = essMean(residuals);
  const variance = mean(residuals.map(chain => mean(chain.map(value => value * value))));
  const share = effective.kind === "value" ? Math.min(1, effective.value / (draws * kept.length)) : 1;
  const error = Math.sqrt(variance / (kept.length * squares * share));
  const change = nBeta * slope * (draws - 1);
  const z = error > 0 ? slope / error : 0;
  const value = change;
  const isDrift = Math.abs(z) > DRIFT.errors && Math.abs(change) > DRIFT.share * Math.abs(excess);
  if (!isDrift) return { name: "drift", outcome: "good", value, text: "the level does not drift" };
  return {
    name: "drift",
    outcome: "bad",
    value,
    text: `nBeta K drifts by ${change.toPrecision(3)} over the draws (${Math.abs(z).toFixed(0)} standard errors): ${
      change > 0
        ? "run longer, or hold the chains closer to w*"
        : "the chains find lower losses, w* is no minimum; train it further"
    }`,
  };
};

const MOST_R_HAT = { good: 1.05, doubtful: 1.2 };

export const agreementSign = (hat: Diagnostic, chains: number): Sign => {
  if (hat.kind === "undefined") return { name: "agreement", outcome: "undefined", text: hat.reason };
  const { value } = hat;
  const shown = `R-hat is ${value.toFixed(3)}`;
  if (value <= MOST_R_HAT.good)
    return {
      name: "agreement",
      outcome: "good",
      value,
      text: chains === 1 ? `${shown}, though a single chain cannot disagree: run 4` : shown,
    };
  return {
    name: "agreement",
    outcome: value > MOST_R_HAT.doubtful ? "bad" : "doubtful",
    value,
    text: `${shown}: the chains are on different levels; run longer, or some have left for another phase: hold them closer to w*`,
  };
};

const LEAST_EFFECTIVE = 50;

export const effectiveSign = (effective: Diagnostic): Sign => {
  if (effective.kind === "undefined") return { name: "effective draws", outcome: "undefined", text: effective.reason };
  const { value } = effective;
  const shown = `${Math.round(value)} effective draws`;
  return value >= LEAST_EFFECTIVE
    ? { name: "effective draws", outcome: "good", value, text: shown }
    : {
        name: "effective draws",
        outcome: "doubtful",
        value,
        text: `${shown}, fewer than ${LEAST_EFFECTIVE}: the error itself is rough; run ${Math.ceil(LEAST_EFFECTIVE / value)} times as long`,
      };
};

/** Standard errors that a signal stands above zero at least. */
const LEAST_SIGNAL = 3;

export const signalSign = (excess: number, standardError: number | undefined, baselineError: number): Sign => {
  if (standardError === undefined) return { name: "signal", outcome: "undefined", text: "no error, hence no signal" };
  const value = excess / standardError;
  if (value >= LEAST_SIGNAL)
    return { name: "signal", outcome: "good", value, text: `${value.toFixed(0)} standard errors above zero` };
  const ofBaseline =
    baselineError > 0.5 * standardError ? "; most of the error is that of L(w*): compute it on more samples" : "";
  return {
    name: "signal",
    outcome: "bad",
    value,
    text:
      value < -LEAST_SIGNAL
        ? `the losses lie below L(w*) (${value.toFixed(0)} standard errors): w* is no minimum, or L(w*) is of other samples`
        : `low signal: only ${value.toFixed(1)} standard errors above zero; a larger step size or nBeta, more draws, or larger batches${ofBaseline}`,
  };
};

const MOST_STEP_BIAS = 0.25;

export const stepSign = (bias: number | undefined): Sign => {
  if (bias === undefined)
    return {
      name: "step size",
      outcome: "good",
      text: "the draws are too far apart, or their noise too large, to tell the bias of the step size",
    };
  const text = `the step size makes it too large by about ${(100 * bias).toPrecision(2)} %`;
  return bias <= MOST_STEP_BIAS
    ? { name: "step size", outcome: "good", value: bias, text }
    : { name: "step size", outcome: "doubtful", value: bias, text: `${text}: lower the step size` };
};
