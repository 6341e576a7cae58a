import { learningCoefficients } from "../../src/coefficient/estimate/learning-coefficients.ts";
import { isLandauError } from "../../src/errors.ts";
import { LARGEST_R_HAT } from "../../src/sampling/diagnostics/summary.ts";
import { loadSystem } from "../../src/systems/index.ts";
import type { CoefficientReply, CoefficientRequest } from "./coefficient-messages.ts";

const CHAINS = 4;
/** Samples that a loss stands for when the learner does not say. */
const SAMPLES = 10_000;
/** R-hat and effective draws below which an estimate is called one. */
const [AGREE, ENOUGH] = [5 * (LARGEST_R_HAT - 1) + 1, 100];

self.onmessage = async ({ data }: MessageEvent<CoefficientRequest>) => {
  const { step, draws } = data;
  const failure = (text: string): CoefficientReply => ({
    step,
    lambda: null,
    error: 0,
    draws,
    rHat: 0,
    ess: 0,
    isEnough: false,
    text,
  });
  try {
    self.postMessage(await estimate(data));
  } catch (error) {
    if (!isLandauError(error)) throw error;
    self.postMessage(failure(error.message));
  }
};

const estimate = async ({ system, settings, seed, step, w, draws }: CoefficientRequest): Promise<CoefficientReply> => {
  const { learner } = await loadSystem(system);
  const objective = learner!.objective(settings as never, { seed, chain: 0 });
  const samples = Number(settings.n ?? SAMPLES);
  const { points } = learningCoefficients(objective, [w], { seed, samples, chains: CHAINS, draws });
  const [{ lambda, rHat, ess, health }] = points;
  if (lambda.kind === "failure")
    return { step, lambda: null, error: 0, draws, rHat, ess, isEnough: false, text: lambda.text };
  return {
    ...{ step, lambda: lambda.value, error: lambda.standardError, draws, rHat, ess },
    isEnough:
      rHat <= AGREE && ess >= ENOUGH && health.findings.every(({ outcome }) => outcome !== "bad" || rHat > AGREE),
    text: health.text,
  };
};
