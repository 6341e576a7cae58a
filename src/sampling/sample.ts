import type { Health } from "../contracts/health.ts";
import type { JsonObject } from "../contracts/json.ts";
import type { SavedState } from "../contracts/protocol.ts";
import { invalid, LandauError } from "../errors.ts";
import { type ChainPlan, type ChainRun, type ChainStart, chainRun, type Projection, startOf } from "./chain-run.ts";
import { checkCount } from "./checks.ts";
import type { Draws } from "./draws.ts";
import { entryNames } from "./entry-names.ts";
import { healthOf, type SamplingSign } from "./health.ts";
import type { Sampler } from "./sampler.ts";
import type { Target } from "./target.ts";

export interface SampleOptions {
  readonly sampler: Sampler;
  readonly target: Target;
  readonly seed: number;
  /** Where the chains begin: one point for all, or a function of the chain's number and random numbers of its own. */
  readonly start: ChainStart;
  /** 4 when absent: fewer cannot tell whether they agree. */
  readonly chains?: number;
  /** Number of the first chain, for chains that are divided among workers. 0 when absent. */
  readonly firstChain?: number;
  /** Draws kept of each chain. */
  readonly draws: number;
  /** Steps at the start that adapt and are not kept. As many as draws when absent. */
  readonly burnIn?: number;
  /** Steps from one draw to the next. 1 when absent. */
  readonly thin?: number;
  /** What to keep of each draw; all of its parameters when absent. */
  readonly keep?: Projection;
  /** Called now and then with how far the run is, in [0, 1]; may throw to stop it. */
  progress?(fraction: number): void;
  /** Looked at as often; anything with the flag will do. */
  readonly signal?: { readonly aborted: boolean };
  /** Offered a state from which the run can go on, as often; called back only when it is kept. */
  save?(state: () => SavedState): void;
  /** A state that `save` was offered, or `saved()` of a run of fewer draws: the rest makes the same bits as one run would. */
  readonly saved?: SavedState;
}

export interface Samples extends Draws {
  readonly sampler: string;
  readonly settings: JsonObject;
  /** Weight of the loss in the target. */
  readonly nBeta: number;
  readonly prior: JsonObject;
  readonly seed: number;
  readonly firstChain: number;
  readonly burnIn: number;
  readonly thin: number;
  /** Evaluations of the loss for each chain, burn-in included. */
  readonly evaluations: readonly number[];
  /** What each chain's sampler says of itself: the step size found, swaps between temperatures. */
  readonly reports: readonly JsonObject[];
  /** Whether the draws can be trusted; worked out anew at every call. */
  health(): Health<SamplingSign>;
  /** A state from which the run can go on, with more draws. */
  saved(): SavedState;
}

/**
 * Runs chains and says how far their draws can be trusted. Same seed, same bits, interrupted or not.
 *
 *     const target = posterior({ objective, nBeta: 1000, prior: normalPrior({ priorStd: 1, size: objective.size }) });
 *     const samples = sample({ sampler: nuts(), target, seed: 1, draws: 1000, start: w0 });
 *     console.log(samples.health().text, summarise("W[0,0]", chainsOf(samples, "W[0,0]")));
 *
 * Throws a LandauError of kind "input" for bad settings or a bad start, "diverged" when a chain leaves the finite numbers, and
 * "cancelled" on an aborted signal. Blocks while it runs; `sampleInSlices` does not.
 */
export const sample = (options: SampleOptions): Samples => {
  const run = sampling(options);
  while (!run.advance()) run.offer();
  return run.result();
};

/** The same, giving way to other tasks of the thread some thirty times a second, so that a page stays alive and a signal arrives. */
export const sampleInSlices = async (options: SampleOptions): Promise<Samples> => {
  const run = sampling(options);
  while (!run.advance()) {
    await new Promise(resolve => setTimeout(resolve));
    run.offer();
  }
  return run.result();
};

/** Milliseconds between looks at the signal. */
const SLICE = 30;

const sampling = (options: SampleOptions) => {
  const { sampler, target, seed, chains = 4, firstChain = 0, draws, burnIn = draws, thin = 1, saved } = options;
  checkCount("chains", chains);
  checkCount("firstChain", firstChain, 0);
  checkCount("draws", draws);
  checkCount("burnIn", burnIn, 0);
  checkCount("thin", thin);
  const keep = options.keep ?? everything(target);
  const plan: ChainPlan = { sampler, target, seed, burnIn, draws, thin, start: options.start, keep };
  const prefixOf = (index: number): string => `chain ${firstChain + index}/`;
  const begun = saved ? Object.keys(saved).reduce((most, key) => Math.max(most, chainIn(key) - firstChain + 1), 0) : 0;
  if (begun > chains) throw invalid("chains", chains, `at least ${begun}, which the saved state has begun`);
  const runs: ChainRun[] = Array.from({ length: begun }, (_, index) =>
    chainRun(plan, firstChain + index, saved, prefixOf(index)),
  );
  let current = 0;
  let steps = 1;

  const save = (): SavedState => Object.assign({}, ...runs.map((run, index) => run.save(prefixOf(index))));

  return {
    /** Runs for about a slice of time; true when all chains are done. */
    advance(): boolean {
      const start = performance.now();
      while (current < chains) {
        if (current === runs.length) runs.push(chainRun(plan, firstChain + current));
        if (runs[current].advance(steps)) current++;
        const elapsed = performance.now() - start;
        if (elapsed > SLICE) {
          steps = Math.max(1, Math.floor(steps / 2));
          break;
        }
        // How the steps are cut into slices never shows in the draws.
        if (elapsed < SLICE / 4) steps = Math.min(2 * steps, 1_000_000_000);
      }
      return current === chains;
    },
    /** Between slices: progress, a state to keep, and whether to stop. */
    offer(): void {
      const fraction = runs.reduce((sum, run) => sum + run.fraction(), 0) / chains;
      options.save?.(save);
      options.progress?.(fraction);
      if (options.signal?.aborted)
        throw new LandauError(
          "cancelled",
          `sampling stopped at ${Math.floor(100 * fraction)} %: it can go on from the last saved state`,
        );
    },
    result(): Samples {
      options.progress?.(1);
      const all = runs.map(({ series }) => series);
      const parts = {
        names: keep.names,
        draws: all.map(series => series.draws),
        losses: all.map(series => series.losses),
        energies: all.map(series => series.energies),
        acceptance: all.map(series => series.acceptance),
        divergent: all.map(series => series.divergent),
        truncated: all.map(series => series.truncated),
      };
      return {
        sampler: sampler.name,
        settings: sampler.settings,
        nBeta: target.nBeta,
        prior: target.prior.settings,
        seed,
        firstChain,
        burnIn,
        thin,
        ...parts,
        evaluations: all.map(series => series.burnInEvaluations + series.evaluations),
        reports: runs.map(run => run.report()),
        health: () => healthOf(sampler, parts, sharesStart(plan, chains, firstChain)),
        saved: save,
      };
    },
  };
};

/** Whether several chains all begin at one point. */
const sharesStart = ({ start, seed }: ChainPlan, chains: number, firstChain: number): boolean => {
  if (chains === 1) return false;
  const [first, ...others] = Array.from({ length: chains }, (_, index) => startOf(start, seed, firstChain + index));
  return others.every(w => w.every((value, i) => value === first[i]));
};

const chainIn = (key: string): number => Number(/^chain (\d+)\//.exec(key)?.[1] ?? -1);

const everything = ({ parameters, size }: Target): Projection => {
  const names = entryNames(parameters);
  if (names.length !== size)
    throw invalid("the parameters' entries", names.length, `${size}, the length of the flat vector`);
  return {
    names,
    write(w, out) {
      out.set(w);
    },
  };
};
