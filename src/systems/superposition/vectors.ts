import type { Json, JsonObject } from "../../contracts/json.ts";
import type { Objective } from "../../contracts/objective.ts";
import type { VectorTable } from "../../contracts/system.ts";
import { invalid } from "../../errors.ts";
import { symmetricEigenvalues } from "../../numerics/linear-algebra.ts";
import { norm } from "../../numerics/norm.ts";
import { langevinStep } from "../../sampling/langevin.ts";
import { leapfrog } from "../../sampling/leapfrog.ts";
import { posteriorPotential } from "../../sampling/potential.ts";
import { readInteger, readNumber, readNumbers, readObject, readPositive, readRows } from "../vector-input.ts";
import { type Dataset, datasetFromJson } from "./model/dataset.ts";
import { empiricalObjective } from "./model/empirical.ts";
import { type Dimensions, fromFlat, toFlat } from "./model/layout.ts";
import { diagonal, offDiagonal } from "./model/pieces.ts";
import { populationObjective } from "./model/population.ts";
import { shapeOf } from "./phases.ts";
import { statisticalVectors } from "./statistical-vectors.ts";
import { criticalSize } from "./theory/critical-size.ts";
import { flatRegion } from "./theory/flat-region.ts";
import { kgonReport } from "./theory/kgon-report.ts";
import { energyLevels, levelLoss, nearestLevel } from "./theory/levels.ts";

/** Of the random numbers behind statistical answers. */
const SEED = 1;

/** Answers to the test vectors of this system. */
export const superpositionVectors: VectorTable = {
  ...statisticalVectors(SEED),

  "off-diagonal-piece": input => {
    const g = new Float64Array(6);
    offDiagonal(readNumber(input, "a"), readNumber(input, "b"), g);
    return { g: [...g] };
  },

  "diagonal-piece": input => {
    const d = new Float64Array(6);
    diagonal(readNumber(input, "a"), readNumber(input, "b"), d);
    return { d: [...d] };
  },

  population: input => {
    const c = readInteger(input, "c", 1);
    const r = readInteger(input, "r", 1);
    const w = readState(input, { c, r });
    const objective = populationObjective({ c, r });
    return { ...derivatives(objective, w, { c, r }), branches: [...objective.branches(w)] };
  },

  kgon: input => ({
    ...kgonReport({
      k: readInteger(input, "k", 3),
      c: readInteger(input, "c", 3),
      sigma: readInteger(input, "sigma", 0),
      vestigialBias: readNumber(input, "vestigialBias"),
      rotation: readNumber(input, "rotation"),
    }),
  }),

  levels: input => ({
    levels: energyLevels(readInteger(input, "c", 3))
      .filter(({ k }) => k >= 4)
      .map(({ k, sigma, phi, loss }) => ({ label: String(k), sigma, phi, loss })),
  }),

  variant: input => {
    const c = readInteger(input, "c", 3);
    const w = readState(input, { c, r: 2 });
    const { W, b } = fromFlat(w, { c, r: 2 });
    // At a critical point a vestigial bias is 1/(2c) or negative, and vertices may be of any length.
    const { live, sigma, phi } = shapeOf(W, b, { length: 0, bias: 1 / (4 * c) });
    const gradient = new Float64Array(w.length);
    const loss = populationObjective({ c, r: 2 }).lossAndGradient(w, gradient);
    return { sigma, phi, live, loss, level: levelLoss({ c, live, sigma }), gradNorm: norm(gradient) };
  },

  "flat-region": input => {
    const [x, y] = readNumbers(input, "vestigialColumn", 2);
    return {
      ...flatRegion({
        c: readInteger(input, "c", 4),
        k: readInteger(input, "k", 3),
        vestigialColumn: [x, y],
        vestigialBias: readNumber(input, "vestigialBias"),
      }),
    };
  },

  empirical: input => {
    const dataset = readDataset(input);
    const { c } = dataset;
    const r = readHiddenDimension(input);
    return derivatives(empiricalObjective(dataset, r), readState(input, { c, r }), { c, r });
  },

  "sgd-step": input => {
    const dataset = readDataset(input);
    const { c } = dataset;
    const r = readHiddenDimension(input);
    const w = readState(input, { c, r });
    const lr = readNumber(input, "lr");
    const batch = readBatch(input, dataset.feature.length);
    const gradient = new Float64Array(w.length);
    empiricalObjective(dataset, r).batchLossAndGradient(w, gradient, batch, 0, batch.length);
    const { W, b } = fromFlat(
      w.map((value, i) => value - lr * gradient[i]),
      { c, r },
    );
    return { W1: W, b1: b };
  },

  "sgld-step": input => {
    const dataset = readDataset(input);
    const w = readFlatState(input, dataset.c);
    const size = w.length;
    const settings = {
      stepSize: readPositive(input, "epsilon"),
      nBeta: readNumber(input, "nBeta"),
      gamma: readNumber(input, "gamma"),
      centre: readNumbers(input, "wStar", size),
    };
    const noise = readNumbers(input, "noise", size);
    const objective = empiricalObjective(dataset, size / dataset.c - 1);
    const loss = langevinStep(objective, settings, w, noise, new Float64Array(size));
    return { loss, w1: [...w] };
  },

  leapfrog: input => {
    const dataset = readDataset(input);
    const w = readFlatState(input, dataset.c);
    const p = readNumbers(input, "p", w.length);
    const potential = posteriorPotential(empiricalObjective(dataset, w.length / dataset.c - 1), {
      nBeta: readNumber(input, "kappa") * dataset.feature.length,
      priorStd: readPositive(input, "priorStd"),
    });
    const settings = { stepSize: readNumber(input, "stepSize"), steps: readInteger(input, "steps", 0) };
    const deltaH = leapfrog(potential, w, p, settings, new Float64Array(w.length));
    return { w1: [...w], p1: [...p], deltaH };
  },

  "critical-size": input => ({
    n: criticalSize({
      deltaL: readNumber(input, "deltaL"),
      deltaLambda: readNumber(input, "lambdaTo") - readNumber(input, "lambdaFrom"),
      deltaC: readNumber(input, "deltaC"),
      kappa: readNumber(input, "kappa"),
    }),
  }),

  classify: input => {
    const b = readNumbers(input, "b");
    const c = b.length;
    const W = readRows(input, "W", c);
    const r = W.length;
    const shape = shapeOf(W, b, { length: readNumber(input, "tolLen"), bias: readNumber(input, "tolB") });
    const loss = populationObjective({ c, r }).loss(toFlat({ W, b }));
    // The levels are those of polygons in the plane.
    const nearest = r === 2 ? nearestLevel(c, loss) : null;
    return { ...shape, loss, nearestLevel: nearest?.level.label ?? null, levelGap: nearest?.gap ?? null };
  },
};

/** Loss, gradient, diagonal and eigenvalues of the Hessian. */
const derivatives = (objective: Required<Objective>, w: Float64Array, dimensions: Dimensions) => {
  const size = w.length;
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  const loss = objective.lossAndGradient(w, gradient);
  objective.hessian(w, hessian);
  const { W: gradW, b: gradB } = fromFlat(gradient, dimensions);
  const hessDiag = Array.from(w, (_, i) => hessian[i * size + i]);
  return { loss, gradW, gradB, hessDiag, hessEig: [...symmetricEigenvalues(hessian, size)] };
};

/** The fields W (r rows) and b, flat. */
const readState = (input: JsonObject, { c, r }: Dimensions): Float64Array => {
  const W = readRows(input, "W", c);
  if (W.length !== r) throw invalid("W", W as Json, `${r} rows, the hidden dimension`);
  return toFlat({ W, b: readNumbers(input, "b", c) });
};

/** The field w: flat parameters for a whole number of hidden dimensions. */
const readFlatState = (input: JsonObject, c: number): Float64Array => {
  const w = readNumbers(input, "w");
  if (w.length < 2 * c || w.length % c !== 0) throw invalid("w", input.w, `(r + 1) c numbers, with c = ${c} features`);
  return w;
};

const readHiddenDimension = ({ W }: JsonObject): number => {
  if (!Array.isArray(W) || W.length === 0) throw invalid("W", W, "a list of rows of numbers");
  return W.length;
};

const readDataset = (input: JsonObject): Dataset => datasetFromJson(readObject(input, "dataset"));

const readBatch = (input: JsonObject, n: number): Int32Array => {
  const batch = readNumbers(input, "batch");
  batch.forEach((sample, i) => {
    if (!Number.isInteger(sample) || sample < 0 || sample >= n)
      throw invalid(`batch[${i}]`, sample, `a sample number from 0 to ${n - 1}`);
  });
  if (batch.length === 0) throw invalid("batch", [], "at least one sample number");
  return Int32Array.from(batch);
};
