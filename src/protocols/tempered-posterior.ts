import { type Controls, choice, integer, namesOf, number, type ValuesOf } from "../contracts/field.ts";
import type { Objective } from "../contracts/objective.ts";
import type { Address, Member, ProtocolContext, ProtocolOf } from "../contracts/protocol.ts";
import { mean } from "../numerics/statistics.ts";
import { stream } from "../numerics/stream.ts";
import type { Diagnostic } from "../sampling/diagnostics/diagnostic.ts";
import { essMean } from "../sampling/diagnostics/effective-sample-size.ts";
import { rHat } from "../sampling/diagnostics/r-hat.ts";
import { reweighting } from "../sampling/reweighting.ts";
import { keepControl, keptDraws, PARAMETERS } from "./kept-draws.ts";
import { localSamplers, type TemperedRun, temperedRun } from "./tempered-run.ts";

const temperedControls = {
  priorStd: number("standard deviation of the Gaussian prior of each parameter", {
    default: 1,
    min: 1e-3,
    max: 1e3,
    scale: "log",
  }),
  draws: integer("draws kept", { default: 3000, min: 20, max: 10_000_000, scale: "log" }),
  burnIn: integer("steps at the start, in which step sizes and temperatures are found", {
    default: 600,
    min: 0,
    max: 10_000_000,
    scale: "log",
  }),
  temperatures: integer("temperatures, the posterior's included", { default: 12, min: 2, max: 256 }),
  hottest: number("inverse temperature of the hottest as a share of the posterior's; 0 is the prior alone", {
    default: 0.05,
    min: 0,
    max: 0.999,
  }),
  sampler: choice("what moves each temperature", namesOf(localSamplers), { default: "hmc" }),
  leapfrog: integer("leapfrog steps of a trajectory of hmc", { default: 16, min: 1, max: 1000 }),
  batch: integer("draws between records", { default: 500, min: 10, max: 10_000_000, scale: "log" }),
  keep: keepControl,
} as const satisfies Controls;

/** Shares of the draws by each number that a class holds. */
type Shares<Counted extends string> = { readonly [count in Counted]: readonly number[] };

/** Of the loss; null where the series is too short or constant. */
type Mixing = {
  readonly ess: number | null;
  readonly rHat: number | null;
  readonly swapRate: number;
  readonly roundTrips: number;
};

/** What is expected at one nBeta, from the draws of all temperatures. */
export type CurvePoint = {
  readonly nBeta: number;
  /** By the first number that a class holds. */
  readonly occupancy: readonly number[];
  readonly meanLoss: number;
};

export type TemperedRecords<Counted extends string> = {
  draws: { readonly from: number; readonly to: number; readonly meanLoss: number } & Shares<Counted> & Mixing;
  final: {
    /** The first number with the largest share. */
    readonly label: string;
    readonly nBeta: number;
    readonly meanLoss: number;
    readonly essLikeliest: number | null;
    readonly stepSize: number;
    readonly ladder: readonly number[];
    readonly curve: readonly CurvePoint[];
  } & Shares<Counted> &
    Mixing;
};

/** A number that the class of a draw holds, from 0 to `most`. */
interface Count<Values> {
  /** What it is called among the arrays that are stored. */
  readonly array: string;
  of(drawClass: number, at: Values): number;
  most(at: Values): number;
}

export interface TemperedPosterior<Declared extends Controls, Counted extends string> {
  readonly summary: string;
  readonly settings: Declared;
  readonly small?: Partial<ValuesOf<Declared>>;
  objective(at: ValuesOf<Declared>, address: Address): Objective;
  nBeta(at: ValuesOf<Declared>): number;
  /** The class of a draw, a whole number that the counts are read from. */
  classOf(at: ValuesOf<Declared>, w: Float64Array): number;
  /** Fields of records by name; the first is what draws are labelled by. */
  readonly counts: { readonly [count in Counted]: Count<ValuesOf<Declared>> };
}

export type TemperedProtocol<Declared extends Controls, Counted extends string> = ProtocolOf<
  Declared & typeof temperedControls,
  TemperedRecords<Counted>
>;

/** Points at which the expectations of all temperatures are read, from 1/40 of the target's nBeta to all of it. */
const CURVE_POINTS = 40;

/** The protocol `posterior` by parallel tempering: exp(-nBeta L(w)) N(w; 0, priorStd^2 I), its draws counted by class at every temperature. */
export const temperedPosterior = <const Declared extends Controls, Counted extends string>({
  summary,
  settings: own,
  small,
  objective,
  nBeta: nBetaOf,
  classOf,
  counts,
}: TemperedPosterior<Declared, Counted>): TemperedProtocol<Declared, Counted> => {
  type Values = ValuesOf<Declared> & ValuesOf<typeof temperedControls>;
  const named: [string, Count<Values>][] = Object.entries(counts);
  const [[, first]] = named;

  const sharesOf = (classes: Float64Array, at: Values) =>
    Object.fromEntries(
      named.map(([name, { of, most }]) => {
        const shares = new Array<number>(most(at) + 1).fill(0);
        for (const drawClass of classes) shares[of(drawClass, at)] += 1 / classes.length;
        return [name, shares];
      }),
    ) as unknown as Shares<Counted>;

  const mixing = (losses: Float64Array): Pick<Mixing, "ess" | "rHat"> => ({
    ess: orNull(essMean([losses])),
    rHat: orNull(rHat([losses])),
  });

  const summaryOf = (run: TemperedRun, at: Values) => {
    const [losses, classes] = [run.losses[at.temperatures - 1], run.classes[at.temperatures - 1]];
    const ladder = run.ladder();
    const nBeta = nBetaOf(at);
    const shares = sharesOf(classes, at);
    const occupancy = Object.values<readonly number[]>(shares)[0];
    const expected = reweighting(
      run.losses.map((series, k) => ({
        nBeta: ladder[k],
        losses: series,
        classes: run.classes[k].map(drawClass => first.of(drawClass, at)),
      })),
      first.most(at) + 1,
    );
    const likeliest = occupancy.reduce((best, share, k) => (share > occupancy[best] ? k : best), 0);
    const isLikeliest = classes.map(drawClass => (first.of(drawClass, at) === likeliest ? 1 : 0));
    const { ess, rHat } = mixing(losses);
    return {
      label: String(likeliest),
      nBeta,
      ...shares,
      meanLoss: mean(losses),
      ess,
      essLikeliest: orNull(essMean([isLikeliest])),
      rHat,
      swapRate: run.swapRate(),
      roundTrips: run.roundTrips(),
      stepSize: run.stepSize(),
      ladder: [...ladder],
      curve: Array.from({ length: CURVE_POINTS }, (_, i) => (nBeta * (i + 1)) / CURVE_POINTS)
        .filter(value => value >= ladder[0])
        .map(value => {
          const { occupancy, meanLoss } = expected(value);
          return { nBeta: value, occupancy: [...occupancy], meanLoss };
        }),
    };
  };

  return {
    name: "posterior",
    summary,
    settings: { ...own, ...temperedControls },
    small: { ...small, draws: 60, burnIn: 40, batch: 10, temperatures: 3 },

    run({ settings, seed, chain }: Member<Values>, context: ProtocolContext<TemperedRecords<Counted>>) {
      const { draws, burnIn, batch, temperatures, priorStd, hottest, sampler, leapfrog, keep } = settings;
      const own = objective(settings, { seed, chain });
      const kept = keptDraws(keep, own, draws, context.saved);
      const run = temperedRun(
        {
          objective: own,
          visit: kept.keep,
          nBeta: nBetaOf(settings),
          priorStd,
          classOf: w => classOf(settings, w),
          rungs: temperatures,
          hottest,
          local: localSamplers[sampler](leapfrog),
          burnIn,
          draws,
          random: purpose => stream({ seed, chain, purpose: `posterior ${purpose}` }),
        },
        context.saved,
      );
      while (run.drawn() < draws) {
        const from = run.drawn();
        run.advance(Math.min(batch, draws - from));
        const to = run.drawn();
        const [losses, classes] = [run.losses[temperatures - 1], run.classes[temperatures - 1]];
        context.record("draws", {
          from,
          to,
          ...sharesOf(classes.subarray(from, to), settings),
          meanLoss: mean(losses.subarray(from, to)),
          // Of the loss, over all draws so far.
          ...mixing(losses.subarray(0, to)),
          swapRate: run.swapRate(),
          roundTrips: run.roundTrips(),
        });
        context.save(() => ({ ...run.save(), ...kept.save(run.drawn()) }));
        context.progress(run.fraction());
      }
      context.record("final", summaryOf(run, settings));
      if (keep === "yes") context.snapshot(PARAMETERS, kept.arrays());
      const shape = [temperatures, draws];
      context.snapshot("draws", {
        ladder: { shape: [temperatures], data: run.ladder() },
        loss: { shape, data: joined(run.losses) },
        ...Object.fromEntries(
          named.map(([, { array, of }]) => [
            array,
            { shape, data: joined(run.classes).map(drawClass => of(drawClass, settings)) },
          ]),
        ),
      });
    },
  } as unknown as TemperedProtocol<Declared, Counted>;
};

const orNull = (diagnostic: Diagnostic): number | null => (diagnostic.kind === "value" ? diagnostic.value : null);

const joined = (series: readonly Float64Array[]): Float64Array => {
  const all = new Float64Array(series.length * series[0].length);
  series.forEach((values, k) => void all.set(values, k * values.length));
  return all;
};
