import { type Controls, choice, integer, number, type ValuesOf, withDefaults } from "../contracts/field.ts";
import type { JsonObject } from "../contracts/json.ts";
import type { Learner } from "../contracts/learner.ts";
import type { Member, ProtocolContext, ProtocolOf } from "../contracts/protocol.ts";
import { stream } from "../numerics/stream.ts";
import { flatState, restoreState } from "../sampling/flat-state.ts";
import { hmc } from "../sampling/hmc.ts";
import { mala } from "../sampling/mala.ts";
import { nuts } from "../sampling/nuts.ts";
import { normalPrior } from "../sampling/prior.ts";
import { posterior as posteriorOf } from "../sampling/target.ts";
import { keepControl, keptDraws, PARAMETERS } from "./kept-draws.ts";

/** Samplers that accept or refuse, so that the target is met exactly. */
export const posteriorSamplers = {
  nuts: () => nuts(),
  hmc: () => hmc({ steps: 16, jitter: 0.3, mass: "diagonal" }),
  mala: () => mala({}),
};

const posteriorControls = {
  nBeta: number("data size times inverse temperature: the weight of the loss, which is a mean", {
    default: 1000,
    min: 1e-3,
    max: 1e12,
    scale: "log",
  }),
  priorStd: number("standard deviation of the Gaussian prior of each parameter", {
    default: 1,
    min: 1e-3,
    max: 1e3,
    scale: "log",
  }),
  sampler: choice("sampler", ["nuts", "hmc", "mala"]),
  draws: integer("draws kept", { default: 1000, min: 4, max: 1_000_000, scale: "log" }),
  burnIn: integer("steps at the start, in which the sampler adapts", {
    default: 500,
    min: 0,
    max: 10_000_000,
    scale: "log",
  }),
  batch: integer("draws between records", { default: 100, min: 1, max: 100_000, scale: "log" }),
  keep: keepControl,
} as const satisfies Controls;

type PosteriorControls = typeof posteriorControls;

/** Numbers that are recorded of every draw. */
type OfDraw = "loss" | "order" | "energy" | "acceptance" | "divergent" | "truncated";

/** What sampling records: one `draws` for each batch, an entry of its lists for each draw. */
export type PosteriorRecords = {
  readonly draws: {
    readonly from: number;
    readonly to: number;
    readonly label: readonly string[];
  } & { readonly [field in OfDraw]: readonly number[] };
  readonly final: {
    /** The phase with the largest share. */
    readonly label: string;
    /** Shares of the draws by phase. */
    readonly occupancy: { readonly [phase: string]: number };
    readonly meanLoss: number;
    readonly meanOrder: number;
    readonly nBeta: number;
    /** What the sampler says of itself. */
    readonly report: JsonObject;
  };
};

export type PosteriorProtocol<Declared extends Controls> = ProtocolOf<Declared & PosteriorControls, PosteriorRecords>;

export interface PosteriorOptions<Declared extends Controls> {
  readonly summary?: string;
  /** Controls of the learner that have another default here, as a smaller size. */
  readonly defaults?: Partial<ValuesOf<Declared>>;
}

/** Steps of the burn-in between two states that could be saved. */
const SLICE = 50;
/** Prefixes of what is saved, and of counts of phases among the sums. */
const [STATE, SUM, PHASE] = ["state/", "sum/", "phase/"];

/**
 * The protocol `posterior`: exp(-nBeta L(w)) N(w; 0, priorStd^2 I) by one chain a member, every draw put down to the phase that the learner sees in it.
 * Chains of one seed share what the learner draws by its seed alone; health is judged over all of them (`drawHealth`).
 */
export const posterior = <Declared extends Controls>(
  learner: Learner<Declared>,
  { summary, defaults = {} }: PosteriorOptions<Declared> = {},
): PosteriorProtocol<Declared> => {
  type Values = ValuesOf<Declared> & ValuesOf<PosteriorControls>;
  return {
    name: "posterior",
    summary: summary ?? "sample the posterior, and count the phases that the draws are in",
    settings: { ...withDefaults(learner.controls, defaults), ...posteriorControls },
    small: { ...learner.small, nBeta: 100, draws: 24, burnIn: 24, batch: 8 },

    check: (settings: Values) => learner.check?.(settings),

    run({ settings, seed, chain }: Member<Values>, context: ProtocolContext<PosteriorRecords>) {
      const { nBeta, priorStd, draws, burnIn, batch, keep } = settings;
      const address = { seed, chain };
      const objective = learner.objective(settings, address);
      const target = posteriorOf({ objective, nBeta, prior: normalPrior({ priorStd, size: objective.size }) });
      const random = (purpose: string) => stream({ seed, chain, purpose: `posterior ${purpose}` });
      const kernel = posteriorSamplers[settings.sampler]().on(target, { random, burnIn });
      const { last } = kernel;
      const state = kernel.init(learner.start(settings, address));
      const sums: { [name: string]: number } = { loss: 0, order: 0 };
      const { saved } = context;
      const kept = keptDraws(keep, objective, draws, saved);
      if (saved) {
        restoreState(state, saved, STATE);
        for (const [name, value] of Object.entries(saved))
          if (name.startsWith(SUM)) sums[name.slice(SUM.length)] = value as number;
      }
      const offer = () => {
        context.save(() => ({
          ...flatState(state, STATE),
          ...Object.fromEntries(Object.entries(sums).map(([name, value]) => [SUM + name, value])),
          ...kept.save(Math.max(0, state.step - burnIn)),
        }));
        context.progress(state.step / (burnIn + draws));
      };
      while (state.step < burnIn) {
        for (let end = Math.min(burnIn, state.step + SLICE); state.step < end; ) kernel.step(state);
        offer();
      }
      while (state.step < burnIn + draws) {
        const from = state.step - burnIn;
        const to = Math.min(draws, from + batch);
        const seen = Array.from({ length: to - from }, () => {
          kernel.step(state);
          kept.keep(state.step - burnIn - 1, state.w);
          const { order, label } = learner.observe(settings, state.w, { ...address, loss: state.loss });
          sums.loss += state.loss;
          sums.order += order;
          sums[PHASE + label] = (sums[PHASE + label] ?? 0) + 1;
          const { energy, acceptance, divergent, truncated } = last;
          return { loss: state.loss, order, energy, label, acceptance, divergent, truncated };
        });
        context.record("draws", {
          from,
          to,
          loss: seen.map(({ loss }) => loss),
          order: seen.map(({ order }) => order),
          energy: seen.map(({ energy }) => energy),
          label: seen.map(({ label }) => label),
          acceptance: seen.map(({ acceptance }) => acceptance),
          divergent: seen.map(({ divergent }) => Number(divergent)),
          truncated: seen.map(({ truncated }) => Number(truncated)),
        });
        offer();
      }
      const phases = Object.entries(sums).filter(([name]) => name.startsWith(PHASE));
      const occupancy = Object.fromEntries(
        phases
          .map(([name, count]) => [name.slice(PHASE.length), count / draws] as const)
          .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)),
      );
      context.record("final", {
        label: Object.keys(occupancy)[0],
        occupancy,
        meanLoss: sums.loss / draws,
        meanOrder: sums.order / draws,
        nBeta,
        report: kernel.report(state),
      });
      if (keep === "yes") context.snapshot(PARAMETERS, kept.arrays());
    },
  } as unknown as PosteriorProtocol<Declared>;
};
