import { type Controls, integer, number, type ValuesOf } from "../contracts/field.ts";
import type { Objective } from "../contracts/objective.ts";
import type { Address, Member, ProtocolContext, ProtocolOf } from "../contracts/protocol.ts";
import { stream } from "../numerics/stream.ts";
import { langevinCoefficient } from "./langevin-chain.ts";
import { type LocalChain, localChain, MOST_BELOW } from "./local-chain.ts";

/** Where learning coefficients are estimated: a loss and a critical point of it. */
export interface LocalPlace<Declared extends Controls> {
  readonly summary: string;
  readonly settings: Declared;
  readonly small?: Partial<ValuesOf<Declared>>;
  check?(at: ValuesOf<Declared>): void;
  objective(at: ValuesOf<Declared>, address: Address): Objective;
  centre(at: ValuesOf<Declared>): Float64Array;
  /** What the critical point is called. */
  label(at: ValuesOf<Declared>): string;
}

const gamma = number("pull towards the critical point", { default: 1, min: 0, max: 1e6 });

const localControls = {
  nBeta: number("weight of the population loss", { default: 10_000, min: 1e-3, max: 1e12, scale: "log" }),
  gamma,
  draws: integer("draws kept", { default: 4000, min: 20, max: 10_000_000, scale: "log" }),
  burnIn: integer("steps that find the step size", { default: 1000, min: 20, max: 10_000_000 }),
  leapfrog: integer("leapfrog steps of a trajectory", { default: 16, min: 1, max: 1000 }),
} as const satisfies Controls;

type LocalRecords = { readonly final: { readonly label: string } & LocalChain };

/** The learning coefficient of a critical point at a finite nBeta: the local tempered mean of the excess loss. One chain a member. */
export const localCoefficient = <const Declared extends Controls>({
  settings: own,
  small,
  objective,
  centre,
  label,
  ...place
}: LocalPlace<Declared>): ProtocolOf<Declared & typeof localControls, LocalRecords> => {
  type Values = ValuesOf<Declared> & ValuesOf<typeof localControls>;
  return {
    ...place,
    name: "coefficient",
    settings: { ...own, ...localControls },
    small: { ...small, draws: 60, burnIn: 40 },

    run({ settings, seed, chain }: Member<Values>, context: ProtocolContext<LocalRecords>) {
      const { nBeta, gamma, draws, burnIn, leapfrog } = settings;
      const estimate = localChain({
        objective: objective(settings, { seed, chain }),
        centre: centre(settings),
        nBeta,
        gamma,
        draws,
        burnIn,
        steps: leapfrog,
        random: purpose => stream({ seed, chain, purpose: `coefficient ${purpose}` }),
        host: context,
      });
      context.record("final", { label: label(settings), ...estimate });
      context.progress(1);
    },
  } as unknown as ProtocolOf<Declared & typeof localControls, LocalRecords>;
};

const langevinControls = {
  stepSize: number("squared length scale of a step", { default: 1e-5, min: 1e-12, max: 1, scale: "log" }),
  gamma: { ...gamma, default: 0.1 },
  burnIn: integer("steps left out", { default: 10_000, min: 0, max: 100_000_000, scale: "log" }),
  steps: integer("steps averaged", { default: 40_000, min: 1, max: 100_000_000, scale: "log" }),
} as const satisfies Controls;

type LangevinRecords = {
  readonly final: {
    readonly label: string;
    readonly nBeta: number;
    readonly lambda: number;
    readonly below: number;
    readonly kept: boolean;
  };
};

/** The learning coefficient of a critical point on a finite sample, by Langevin steps at a given nBeta. One chain a member. */
export const langevinLocalCoefficient = <const Declared extends Controls>({
  settings: own,
  small,
  objective,
  centre,
  label,
  nBeta: nBetaOf,
  ...place
}: LocalPlace<Declared> & { nBeta(at: ValuesOf<Declared>): number }): ProtocolOf<
  Declared & typeof langevinControls,
  LangevinRecords
> => {
  type Values = ValuesOf<Declared> & ValuesOf<typeof langevinControls>;
  return {
    ...place,
    name: "langevin",
    settings: { ...own, ...langevinControls },
    small: { ...small, burnIn: 40, steps: 300 },

    run({ settings, seed, chain }: Member<Values>, context: ProtocolContext<LangevinRecords>) {
      const { stepSize, gamma, burnIn, steps } = settings;
      const nBeta = nBetaOf(settings);
      const { lambda, below } = langevinCoefficient({
        objective: objective(settings, { seed, chain }),
        centre: centre(settings),
        nBeta,
        gamma,
        stepSize,
        burnIn,
        steps,
        random: purpose => stream({ seed, chain, purpose: `langevin ${purpose}` }),
        host: context,
      });
      context.record("final", { label: label(settings), nBeta, lambda, below, kept: below <= MOST_BELOW });
      context.progress(1);
    },
  } as unknown as ProtocolOf<Declared & typeof langevinControls, LangevinRecords>;
};
