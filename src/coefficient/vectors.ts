import type { Json, JsonObject } from "../contracts/json.ts";
import type { VectorTable } from "../contracts/system.ts";
import { invalid } from "../errors.ts";
import { fractionText, parseFraction, toNumber } from "../numerics/fraction.ts";
import { boxAverage } from "./exact/box-average.ts";
import { deepLinear } from "./exact/deep-linear.ts";
import { diagonalLinear } from "./exact/diagonal-linear.ts";
import type { ExactCoefficient } from "./exact/exact-coefficient.ts";
import { homogeneous } from "./exact/homogeneous.ts";
import { langevinBias, largestStableStep } from "./exact/langevin-bias.ts";
import { linePlusDot } from "./exact/line-plus-dot.ts";
import { linearNetworkAverage } from "./exact/linear-network-average.ts";
import { localisedPower } from "./exact/localised-power.ts";
import { localisedQuadratic } from "./exact/localised-quadratic.ts";
import { locationMixture } from "./exact/location-mixture.ts";
import { monomialIdeal } from "./exact/monomial-ideal.ts";
import { normalCrossing } from "./exact/normal-crossing.ts";
import { planeCurve } from "./exact/plane-curve.ts";
import { reducedRank, reducedRankLocal } from "./exact/reduced-rank.ts";
import { regular } from "./exact/regular.ts";
import { sumOfPowers } from "./exact/sum-of-powers.ts";
import { symmetricFactorisation } from "./exact/symmetric-factorisation.ts";
import { tanhNetwork } from "./exact/tanh-network.ts";
import {
  readExact,
  readExactList,
  readExactLists,
  readFlag,
  readInteger,
  readNumber,
  readNumbers,
  readObject,
  readOne,
  readText,
} from "./vector-input.ts";

/** Answers to the test vectors of this room. */
export const coefficientVectors: VectorTable = {
  "exact-coefficient": input => {
    const params = readObject(input, "params");
    const { lambda, multiplicity, ...rest } = readOne(input, "family", families)(params);
    return { ...rest, lambda: fractionText(lambda), multiplicity };
  },

  "canonical-average": input => {
    const potential = readText(input, "potential");
    const power = /^\|?w\|?\^(\d+(?:\.\d+)?)$/.exec(potential)?.[1];
    const average = power === undefined ? readOne(input, "potential", potentials) : powerOf(power);
    const answer = average(readObject(input, "params"), readText(input, "measure"));
    const answers = [...readNumbers(input, "t")].map(answer);
    return Object.fromEntries(Object.keys(answers[0]).map(name => [name, answers.map(one => one[name])]));
  },

  "unadjusted-langevin": input => {
    const chain = {
      curvatures: readNumbers(input, "curvatures"),
      nBeta: readNumber(input, "nBeta"),
      localisation: readNumber(input, "localisation"),
      stepSize: readNumber(input, "stepSize"),
      gradNoiseVariance: readNumber(input, "gradNoiseVariance"),
    };
    if (chain.stepSize < largestStableStep(chain)) return { ...langevinBias(chain) };
    // The chain diverges: no number is right, and the limit of small steps is as before.
    const { continuousLimit } = langevinBias({ ...chain, stepSize: Number.MIN_VALUE });
    return { llcHat: null, continuousLimit };
  },
};

type Family = (params: JsonObject) => ExactCoefficient & { readonly case?: Json };

const families: { readonly [family: string]: Family } = {
  regular: params => regular({ dim: readInteger(params, "dim") }),
  normalCrossing: params =>
    normalCrossing({
      halfExponents: readExactList(params, "halfExponents"),
      priorExponents: optional(params, "priorExponents", readExactList),
    }),
  separablePowers: params => sumOfPowers({ powers: readExactList(params, "powers") }),
  homogeneous: params => homogeneous({ dim: readInteger(params, "dim"), degree: readExact(params, "degree") }),
  monomialIdeal: params =>
    monomialIdeal({
      generators: readExactLists(params, "generators"),
      priorExponents: optional(params, "priorExponents", readExactList),
    }),
  reducedRankRegression: params => reducedRank(readReducedRank(params)),
  reducedRankRegressionLocal: params =>
    reducedRankLocal({
      ...readReducedRank(params),
      excessRankFirstLayer: readInteger(params, "excessRankFirstLayer"),
      excessRankSecondLayer: readInteger(params, "excessRankSecondLayer"),
    }),
  deepLinear: params => deepLinear({ widths: [...readNumbers(params, "widths")], rank: readInteger(params, "rank") }),
  diagonalLinear: params =>
    diagonalLinear({
      dim: readInteger(params, "dim"),
      support: readInteger(params, "support"),
      depth: readInteger(params, "depth"),
      tied: readFlag(params, "tied"),
    }),
  symmetricFactorisation: params =>
    symmetricFactorisation({
      n: readInteger(params, "n"),
      k: readInteger(params, "k"),
      rank: readInteger(params, "rank"),
    }),
  tanhPerceptron: params => {
    // No value is known for anything else.
    expectValue(params, "inputs", 1);
    expectValue(params, "outputs", 1);
    expectValue(params, "truth", "zero");
    expectValue(params, "bias", false);
    return tanhNetwork({ hidden: readInteger(params, "hidden") });
  },
  locationMixture: params =>
    locationMixture({
      components: readInteger(params, "components"),
      trueComponents: readInteger(params, "trueComponents"),
      dim: readInteger(params, "dim"),
      dirichlet: readExact(params, "dirichlet"),
    }),
  planeCurve: params => planeCurve({ K: readText(params, "K") }),
  linePlusDot: params => linePlusDot({ dim: readInteger(params, "dim"), at: readText(params, "at") as "line" | "dot" }),
};

const readReducedRank = (params: JsonObject) => ({
  inputs: readInteger(params, "inputs"),
  hidden: readInteger(params, "hidden"),
  outputs: readInteger(params, "outputs"),
  rank: readInteger(params, "rank"),
});

const optional = <Value>(
  params: JsonObject,
  name: string,
  read: (params: JsonObject, name: string) => Value,
): Value | undefined => (params[name] === undefined ? undefined : read(params, name));

const expectValue = (params: JsonObject, name: string, value: Json): void => {
  if (params[name] !== value) throw invalid(name, params[name], `${JSON.stringify(value)}: only this case is known`);
};

/** Averages at one t, by the name of the potential; `measure` is checked, as each is known for one only. */
type Potential = (params: JsonObject, measure: string) => (t: number) => { readonly [name: string]: number };

const BOX = /^uniform on \[(0|-1),1\]\^d\b/;
const GAUSSIAN_LOCALISER = /^exp\(-gamma (w\^2|\|w\|\^2) \/ 2\) on R/;
const LEBESGUE = /^(Lebesgue|no prior)\b/;
const STANDARD_NORMAL = /^all entries N\(0,1\)$/;

const potentials: { readonly [potential: string]: Potential } = {
  "prod w_i^(2 k_i)": (params, measure) => {
    expectMeasure(measure, [BOX], "uniform on [0,1]^d");
    const halfExponents = readExactList(params, "halfExponents");
    return t => ({ ...boxAverage(halfExponents, t) });
  },
  "sum |w_i|^(p_i)": (params, measure) => {
    expectMeasure(measure, [LEBESGUE], "Lebesgue on R^d");
    const powers = readExactList(params, "powers");
    const { lambda } = sumOfPowers({ powers });
    return () => ({ tMeanK: toNumber(lambda) });
  },
  "sum h_i w_i^2 / 2": (params, measure) => {
    expectMeasure(measure, [GAUSSIAN_LOCALISER], "exp(-gamma |w|^2 / 2) on R^d");
    const curvatures = readNumbers(params, "curvatures");
    const localisation = readNumber(params, "localisation");
    return t => ({ ...localisedQuadratic(curvatures, localisation, t) });
  },
  "||B A||_F^2": (params, measure) => {
    expectMeasure(measure, [STANDARD_NORMAL], "all entries N(0,1)");
    expectValue(params, "rank", 0);
    const { rank: _, ...widths } = readReducedRank(params);
    return t => ({ ...linearNetworkAverage(widths, t) });
  },
};

/** K = w^p; a Gaussian localiser, or none. */
const powerOf =
  (written: string): Potential =>
  (params, measure) => {
    expectMeasure(measure, [GAUSSIAN_LOCALISER, LEBESGUE], "exp(-gamma w^2 / 2) on R");
    const power = readExact(params, "power");
    if (toNumber(parseFraction("power", power)) !== Number(written))
      throw invalid("power", power, `${written}, the power of the potential`);
    const localisation = LEBESGUE.test(measure) ? 0 : readNumber(params, "localisation");
    return t => ({ ...localisedPower({ power, localisation }, t) });
  };

const expectMeasure = (measure: string, known: readonly RegExp[], needs: string): void => {
  if (!known.some(pattern => pattern.test(measure))) throw invalid("measure", measure, `"${needs}"`);
};
