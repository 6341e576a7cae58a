import { type Fields, namesOf, readField, readFields, type ValuesOf } from "../contracts/field.ts";
import type { JsonObject } from "../contracts/json.ts";
import { answer, type VectorTable } from "../contracts/system.ts";
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

const count = { kind: "integer", summary: "" } as const;
const number = { kind: "number", summary: "" } as const;
const text = { kind: "text", summary: "" } as const;
const exact = { kind: "exact", summary: "" } as const;
const numbers = { kind: "list", of: number, least: 1, summary: "" } as const;
const exacts = { kind: "list", of: exact, least: 1, summary: "" } as const;
const exponents = { ...exacts, optional: true } as const;
const value = { kind: "json", summary: "" } as const;
/** Read by the family or the potential that the case names. */
const params = { kind: "object", summary: "" } as const;
const widths = { inputs: count, hidden: count, outputs: count } as const;

/** No value is known for anything else. */
const expectValues = (given: JsonObject, known: JsonObject): void => {
  for (const [name, expected] of Object.entries(known))
    if (given[name] !== expected)
      throw invalid(name, given[name], `${JSON.stringify(expected)}: only this case is known`);
};

/** Learning coefficients by the name of the family. */
const families: { readonly [family: string]: (params: JsonObject) => ExactCoefficient } = {
  regular: answer({ dim: count }, regular),
  normalCrossing: answer({ halfExponents: exacts, priorExponents: exponents }, normalCrossing),
  separablePowers: answer({ powers: exacts }, sumOfPowers),
  homogeneous: answer({ dim: count, degree: exact }, homogeneous),
  monomialIdeal: answer({ generators: { ...exacts, of: exacts }, priorExponents: exponents }, monomialIdeal),
  reducedRankRegression: answer({ ...widths, rank: count }, reducedRank),
  reducedRankRegressionLocal: answer(
    { ...widths, rank: count, excessRankFirstLayer: count, excessRankSecondLayer: count },
    reducedRankLocal,
  ),
  deepLinear: answer({ widths: numbers, rank: count }, deepLinear),
  diagonalLinear: answer(
    { dim: count, support: count, depth: count, tied: { kind: "flag", summary: "" } },
    diagonalLinear,
  ),
  symmetricFactorisation: answer({ n: count, k: count, rank: count }, symmetricFactorisation),
  tanhPerceptron: answer(
    { inputs: value, outputs: value, truth: value, bias: value, hidden: count },
    ({ hidden, ...others }) => {
      expectValues(others, { inputs: 1, outputs: 1, truth: "zero", bias: false });
      return tanhNetwork({ hidden });
    },
  ),
  locationMixture: answer({ components: count, trueComponents: count, dim: count, dirichlet: exact }, locationMixture),
  planeCurve: answer({ K: text }, planeCurve),
  linePlusDot: answer({ dim: count, at: { kind: "choice", choices: ["line", "dot"], summary: "" } }, linePlusDot),
};

/** What an average is taken over: how it is written, and the pattern of what is understood. */
interface Measure {
  readonly written: string;
  readonly pattern: RegExp;
}

const BOX: Measure = { written: "uniform on [0,1]^d", pattern: /^uniform on \[(0|-1),1\]\^d\b/ };
const LEBESGUE: Measure = { written: "Lebesgue on R^d", pattern: /^(Lebesgue|no prior)\b/ };
const LOCALISER: Measure = {
  written: "exp(-gamma |w|^2 / 2) on R^d",
  pattern: /^exp\(-gamma (w\^2|\|w\|\^2) \/ 2\) on R/,
};
const NORMAL: Measure = { written: "all entries N(0,1)", pattern: /^all entries N\(0,1\)$/ };

const checkMeasure = (measure: string, known: readonly Measure[]): void => {
  if (!known.some(({ pattern }) => pattern.test(measure)))
    throw invalid("measure", measure, known.map(({ written }) => JSON.stringify(written)).join(" or "));
};

/** Averages at one t. */
type Averages = (t: number) => { readonly [name: string]: number };
type Potential = (params: JsonObject, measure: string) => Averages;

/** A potential whose averages are known over one measure. */
const over = <const Inputs extends Fields>(
  known: Measure,
  inputs: Inputs,
  averages: (params: ValuesOf<Inputs>) => Averages,
): Potential => {
  const read = answer(inputs, averages);
  return (params, measure) => {
    checkMeasure(measure, [known]);
    return read(params);
  };
};

/** By the name of the potential; a power of w is read from the name. */
const potentials: { readonly [potential: string]: Potential } = {
  "prod w_i^(2 k_i)": over(BOX, { halfExponents: exacts }, ({ halfExponents }) => t => ({
    ...boxAverage(halfExponents, t),
  })),
  "sum |w_i|^(p_i)": over(LEBESGUE, { powers: exacts }, ({ powers }) => {
    const tMeanK = toNumber(sumOfPowers({ powers }).lambda);
    return () => ({ tMeanK });
  }),
  "sum h_i w_i^2 / 2": over(
    LOCALISER,
    { curvatures: numbers, localisation: number },
    ({ curvatures, localisation }) =>
      t => ({ ...localisedQuadratic(curvatures, localisation, t) }),
  ),
  "||B A||_F^2": over(NORMAL, { ...widths, rank: value }, ({ rank, ...network }) => {
    expectValues({ rank }, { rank: 0 });
    return t => linearNetworkAverage(network, t);
  }),
};

/** K = w^p; a Gaussian localiser, or none. */
const powerOf =
  (written: string): Potential =>
  (params, measure) => {
    checkMeasure(measure, [LOCALISER, LEBESGUE]);
    const { power } = readFields({ power: exact }, params, { strict: true });
    if (toNumber(parseFraction("power", power)) !== Number(written))
      throw invalid("power", power, `${written}, the power of the potential`);
    const { localisation } = LEBESGUE.pattern.test(measure)
      ? { localisation: 0 }
      : readFields({ localisation: number }, params, { strict: true });
    return t => ({ ...localisedPower({ power, localisation }, t) });
  };

const potentialOf = (name: string): Potential => {
  const power = /^\|?w\|?\^(\d+(?:\.\d+)?)$/.exec(name)?.[1];
  if (power !== undefined) return powerOf(power);
  return potentials[readField({ kind: "choice", choices: namesOf(potentials), summary: "" }, name, "potential")];
};

/** Answers to the test vectors on learning coefficients. */
export const coefficientVectors: VectorTable = {
  "exact-coefficient": answer(
    { family: { kind: "choice", choices: namesOf(families), summary: "" }, params },
    ({ family, params }) => {
      const { lambda, multiplicity, ...rest } = families[family](params);
      return { ...rest, lambda: fractionText(lambda), multiplicity };
    },
  ),

  "canonical-average": answer(
    { potential: text, params, measure: text, t: numbers },
    ({ potential, params, measure, t }) => {
      const answers = t.map(potentialOf(potential)(params, measure));
      return Object.fromEntries(Object.keys(answers[0]).map(name => [name, answers.map(one => one[name])]));
    },
  ),

  "unadjusted-langevin": answer(
    { curvatures: numbers, nBeta: number, localisation: number, stepSize: number, gradNoiseVariance: number },
    chain => {
      if (chain.stepSize < largestStableStep(chain)) return langevinBias(chain);
      // The chain diverges: no number is right, and the limit of small steps is as before.
      const { continuousLimit } = langevinBias({ ...chain, stepSize: Number.MIN_VALUE });
      return { llcHat: null, continuousLimit };
    },
  ),
};
