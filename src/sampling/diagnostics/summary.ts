import { type Finding, type Health, healthFrom } from "../../contracts/health.ts";
import { type Chains, pooled } from "./chains.ts";
import { type Diagnostic, defined } from "./diagnostic.ts";
import { bulk, ofQuantile, smaller } from "./effective-sample-size.ts";
import type { Prepared } from "./prepared.ts";
import { preparing } from "./preparing.ts";
import { rHatOf } from "./r-hat.ts";
import { meanError, quantileError, sdError } from "./standard-error.ts";

export type DrawSign = "agreement" | "effective draws";

/** What the draws of one quantity say of it, and how far they can be trusted. */
export interface Summary {
  readonly name: string;
  readonly chains: number;
  /** Draws per chain. */
  readonly draws: number;
  readonly mean: Diagnostic;
  readonly sd: Diagnostic;
  readonly mcseMean: Diagnostic;
  readonly mcseSd: Diagnostic;
  readonly quantiles: readonly { readonly p: number; readonly value: Diagnostic; readonly mcse: Diagnostic }[];
  readonly essBulk: Diagnostic;
  readonly essTail: Diagnostic;
  readonly rHat: Diagnostic;
  readonly health: Health<DrawSign>;
}

/** R-hat above this: the chains have not forgotten where they began.  [Vehtari et al. 2021] */
export const LARGEST_R_HAT = 1.01;
/** Effective draws for each chain below which R-hat and the errors themselves are noise.  [Vehtari et al. 2021] */
export const LEAST_ESS = 100;

export const summarise = (
  name: string,
  chains: Chains,
  probabilities: readonly number[] = [0.05, 0.5, 0.95],
): Summary => preparing(chains, draws => summaryOf(name, chains, probabilities, draws));

const summaryOf = (name: string, chains: Chains, probabilities: readonly number[], draws: Prepared): Summary => {
  const wrong = draws.whyUndefined();
  const of = (value: () => number): Diagnostic => (wrong && !isConstant(chains) ? wrong : defined(value()));
  const effective = new Map([0.05, 0.95, ...probabilities].map(p => [p, ofQuantile(draws, p)]));
  const trust = {
    essBulk: bulk(draws),
    essTail: smaller(effective.get(0.05)!, effective.get(0.95)!),
    rHat: rHatOf(draws),
  };
  return {
    name,
    chains: chains.length,
    draws: chains[0].length,
    mean: of(draws.mean),
    sd: of(draws.sd),
    mcseMean: meanError(draws),
    mcseSd: sdError(draws),
    quantiles: probabilities.map(p => ({
      p,
      value: of(() => draws.quantile(p)),
      mcse: quantileError(draws, p, effective.get(p)!),
    })),
    ...trust,
    health: healthFrom(signsOf(chains.length, trust)),
  };
};

/** Equal finite draws have a mean and quantiles, if nothing else. */
const isConstant = (chains: Chains): boolean => {
  const all = pooled(chains);
  return all.length >= 2 && all.every(Number.isFinite);
};

const signsOf = (
  chains: number,
  { essBulk, essTail, rHat }: Pick<Summary, "essBulk" | "essTail" | "rHat">,
): Finding<DrawSign>[] => {
  if (rHat.kind === "undefined") return [{ name: "agreement", outcome: "undefined", text: rHat.reason }];
  if (essBulk.kind === "undefined") return [{ name: "effective draws", outcome: "undefined", text: essBulk.reason }];
  const [hat, bulk] = [rHat.value, essBulk.value];
  // A quantity of two values has no tails.
  const tail = essTail.kind === "undefined" ? Infinity : essTail.value;
  const least = LEAST_ESS * chains;
  const agreement = { name: "agreement", value: hat } as const;
  const effective = { name: "effective draws", value: Math.min(bulk, tail) } as const;
  return [
    hat > LARGEST_R_HAT
      ? {
          ...agreement,
          outcome: "doubtful",
          text: `the chains disagree (R-hat ${hat.toFixed(3)} > ${LARGEST_R_HAT}): run longer, drop more of the start, or temper if they sit in different modes`,
        }
      : {
          ...agreement,
          outcome: "good",
          text: chains === 1 ? "a single chain cannot disagree: run 4" : `R-hat is ${hat.toFixed(3)}`,
        },
    bulk < least
      ? {
          ...effective,
          outcome: "doubtful",
          text: `${Math.round(bulk)} effective draws of the bulk, fewer than ${least}: run ${times(least / bulk)} times as long, or reparametrise`,
        }
      : tail < least
        ? {
            ...effective,
            outcome: "doubtful",
            text: `${Math.round(tail)} effective draws of the tails, fewer than ${least}: run ${times(least / tail)} times as long before quoting them`,
          }
        : { ...effective, outcome: "good", text: `${Math.round(Math.min(bulk, tail))} effective draws at least` },
  ];
};

const times = (ratio: number): string =>
  ratio < 10 ? (Math.ceil(10 * ratio) / 10).toFixed(1) : String(Math.ceil(ratio));
