import { choice, integer, namesOf, number, type ValuesOf } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { mean } from "../../../numerics/statistics.ts";
import { stream } from "../../../numerics/stream.ts";
import { localSamplers, type TemperedRun, temperedRun } from "../../../protocols/tempered-run.ts";
import type { Diagnostic } from "../../../sampling/diagnostics/diagnostic.ts";
import { essMean } from "../../../sampling/diagnostics/effective-sample-size.ts";
import { rHat } from "../../../sampling/diagnostics/r-hat.ts";
import { reweighting } from "../../../sampling/reweighting.ts";
import { classOfDraw, positiveBiasesOf, verticesOf } from "../draw-class.ts";
import { drawDataset } from "../model/dataset.ts";
import { empiricalObjective } from "../model/empirical.ts";
import { populationObjective } from "../model/population.ts";
import { controls } from "./controls.ts";

/** Where the loss comes from. */
const sources = ["own", "shared", "population"] as const;

const settings = {
  c: controls.c,
  n: controls.n,
  kappa: { ...controls.kappa, default: 0.5 },
  data: choice("samples of its own for each chain, the same for all, or none: the population loss", sources, {
    default: "own",
  }),
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
  hullTol: number("columns up to this length are no vertices", { default: 0, min: 0, max: 10 }),
} as const;

type Values = ValuesOf<typeof settings>;

/** Shares of draws by hull vertices (0 to c), and by positive biases. */
type Occupancies = { readonly occupancy: readonly number[]; readonly sigma: readonly number[] };

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
  /** By hull vertices. */
  readonly occupancy: readonly number[];
  readonly meanLoss: number;
};

export type PosteriorRecords = {
  draws: { readonly from: number; readonly to: number; readonly meanLoss: number } & Occupancies & Mixing;
  final: {
    /** The number of hull vertices with the largest share. */
    readonly label: string;
    readonly nBeta: number;
    readonly meanLoss: number;
    readonly essLikeliest: number | null;
    readonly stepSize: number;
    readonly ladder: readonly number[];
    readonly curve: readonly CurvePoint[];
  } & Occupancies &
    Mixing;
};

/**
 * The source's Bayesian experiment: the posterior exp(-kappa n L_n(w)) N(w; 0, priorStd^2 I) in the plane, by parallel tempering. With the
 * population loss in the place of L_n there are no data, and kappa n is all that n means.
 */
export const posterior = protocol<PosteriorRecords>()({
  name: "posterior",
  summary: "sample the posterior by parallel tempering and count polygons",
  settings,
  small: { n: 100, draws: 60, burnIn: 40, batch: 10, temperatures: 3 },

  run({ settings, seed, chain }, context) {
    const { c, draws, batch, temperatures } = settings;
    const run = temperedRun({ ...planOf(settings, seed, chain), draws }, context.saved);
    while (run.drawn() < draws) {
      const from = run.drawn();
      run.advance(Math.min(batch, draws - from));
      const to = run.drawn();
      const [losses, classes] = [run.losses[temperatures - 1], run.classes[temperatures - 1]];
      context.record("draws", {
        from,
        to,
        ...occupancies(classes.subarray(from, to), c),
        meanLoss: mean(losses.subarray(from, to)),
        // Of the loss, over all draws so far.
        ess: orNull(essMean([losses.subarray(0, to)])),
        rHat: orNull(rHat([losses.subarray(0, to)])),
        swapRate: run.swapRate(),
        roundTrips: run.roundTrips(),
      });
      context.save(run.save);
      context.progress(run.fraction());
    }
    context.record("final", summary(run, settings));
    context.snapshot("draws", {
      ladder: { shape: [temperatures], data: run.ladder() },
      loss: { shape: [temperatures, draws], data: joined(run.losses) },
      vertices: { shape: [temperatures, draws], data: joined(run.classes).map(kind => verticesOf(kind, c)) },
      positiveBiases: {
        shape: [temperatures, draws],
        data: joined(run.classes).map(kind => positiveBiasesOf(kind, c)),
      },
    });
  },
});

const planOf = (
  { c, n, kappa, data, priorStd, hullTol, burnIn, temperatures, hottest, sampler, leapfrog }: Values,
  seed: number,
  chain: number,
) => {
  const objective =
    data === "population"
      ? populationObjective({ c, r: 2 })
      : empiricalObjective(
          drawDataset(stream({ seed, chain: data === "own" ? chain : 0, purpose: "dataset" }), { c, n }),
          2,
        );
  return {
    objective,
    nBeta: kappa * n,
    priorStd,
    classOf: (w: Float64Array) => classOfDraw(w, c, hullTol),
    rungs: temperatures,
    hottest,
    local: localSamplers[sampler](leapfrog),
    burnIn,
    random: (purpose: string) => stream({ seed, chain, purpose: `posterior ${purpose}` }),
  };
};

/** Points at which the expectations of all temperatures are read, from 1/40 of the target's nBeta to all of it. */
const CURVE_POINTS = 40;

const summary = (run: TemperedRun, { c, n, kappa, temperatures }: Values): PosteriorRecords["final"] => {
  const [losses, classes] = [run.losses[temperatures - 1], run.classes[temperatures - 1]];
  const ladder = run.ladder();
  const { occupancy, sigma } = occupancies(classes, c);
  const at = reweighting(
    run.losses.map((series, k) => ({
      nBeta: ladder[k],
      losses: series,
      classes: run.classes[k].map(kind => verticesOf(kind, c)),
    })),
    c + 1,
  );
  const likeliest = occupancy.reduce((best, share, k) => (share > occupancy[best] ? k : best), 0);
  const isLikeliest = classes.map(kind => (verticesOf(kind, c) === likeliest ? 1 : 0));
  return {
    label: String(likeliest),
    nBeta: kappa * n,
    occupancy,
    sigma,
    meanLoss: mean(losses),
    ess: orNull(essMean([losses])),
    essLikeliest: orNull(essMean([isLikeliest])),
    rHat: orNull(rHat([losses])),
    swapRate: run.swapRate(),
    roundTrips: run.roundTrips(),
    stepSize: run.stepSize(),
    ladder: [...ladder],
    curve: Array.from({ length: CURVE_POINTS }, (_, i) => (kappa * n * (i + 1)) / CURVE_POINTS)
      .filter(nBeta => nBeta >= ladder[0])
      .map(nBeta => {
        const expected = at(nBeta);
        return { nBeta, occupancy: [...expected.occupancy], meanLoss: expected.meanLoss };
      }),
  };
};

/** Shares of draws by hull vertices, and by positive biases. */
const occupancies = (classes: Float64Array, c: number) => {
  const occupancy = new Array<number>(c + 1).fill(0);
  const sigma = new Array<number>(c + 1).fill(0);
  for (const kind of classes) {
    occupancy[verticesOf(kind, c)] += 1 / classes.length;
    sigma[positiveBiasesOf(kind, c)] += 1 / classes.length;
  }
  return { occupancy, sigma };
};

const orNull = (diagnostic: Diagnostic): number | null => (diagnostic.kind === "value" ? diagnostic.value : null);

const joined = (series: readonly Float64Array[]): Float64Array => {
  const all = new Float64Array(series.length * series[0].length);
  series.forEach((values, k) => void all.set(values, k * values.length));
  return all;
};
