import { exp, log, log1p, sin } from "../../../numerics/elementary.ts";
import { minimumByThirds } from "../../../numerics/minimum.ts";

/** A function of K = 1/T by its value and its first two derivatives. */
interface Jet {
  readonly value: number;
  readonly first: number;
  readonly second: number;
}

export interface LatticeStatistics {
  readonly T: number;
  readonly logZperSpin: number;
  /** Heat capacity and Fisher information about T, per spin. */
  readonly CperSpin: number;
  readonly FperSpin: number;
}

/**
 * The exact partition function of n x n Ising spins on a periodic lattice, with K = 1/T [Kaufman, Phys. Rev. 76, 1232 (1949)]:
 *
 *     Z = (1/2) (2 sinh 2K)^(n^2/2) [ prod 2 cosh(n g_(2r+1)/2) + prod 2 sinh(n g_(2r+1)/2) + prod 2 cosh(n g_(2r)/2) + prod 2 sinh(n g_(2r)/2) ]
 *     cosh g_l = cosh^2(2K)/sinh(2K) - cos(pi l/n),   g_0 = 2K + ln tanh K
 *
 * Differentiated twice in closed form, so that no digits are lost to differences.
 */
export const kaufman = (n: number, T: number): LatticeStatistics => {
  const { value, second } = logPartition(n, 1 / T);
  const spins = n * n;
  // d2 lnZ/dK2 is the variance of the energy.
  return {
    T,
    logZperSpin: value / spins,
    CperSpin: second / (T * T) / spins,
    FperSpin: second / (T * T * T * T) / spins,
  };
};

/** ln Z with its derivatives by K. */
const logPartition = (n: number, K: number): Jet => {
  const [S, C] = hyperbolic(2 * K);
  const gammas = Array.from({ length: 2 * n }, (_, l) => exponent(n, l, S, C));
  const odd = gammas.filter((_, l) => l % 2 === 1);
  const even = gammas.filter((_, l) => l % 2 === 0 && l > 0);
  const zeroth = { value: 2 * K + logTanh(K), first: 2 + 2 / S, second: (-4 * C) / (S * S) };
  const half = (jet: Jet): Jet => scaled(jet, n / 2);

  // Three sums of logarithms; the fourth product has a factor 2 sinh(n g_0 / 2) that may vanish and change its sign.
  const logs = [
    sumOf(odd.map(each => logCosh(half(each)))),
    sumOf(odd.map(each => logSinh(half(each)))),
    sumOf([zeroth, ...even].map(each => logCosh(half(each)))),
  ];
  const rest = sumOf(even.map(each => logSinh(half(each))));
  const u = half(zeroth);
  // Relative to e^most, with the growth of sinh and cosh taken out of both.
  const size = Math.abs(u.value);
  const most = Math.max(...logs.map(({ value }) => value), rest.value + size);
  const weights = logs.map(({ value }) => exp(value - most));
  const factor = exp(rest.value + size - most);
  const decayed = exp(-2 * size);
  const [sinh2, cosh2] = [(u.value < 0 ? -1 : 1) * (1 - decayed), 1 + decayed];
  const t = { value: sinh2, first: cosh2 * u.first, second: sinh2 * u.first * u.first + cosh2 * u.second };

  const sum = weights.reduce((total, each) => total + each, 0) + factor * t.value;
  const slope =
    weights.reduce((total, each, i) => total + each * logs[i].first, 0) + factor * (t.first + t.value * rest.first);
  const mean = slope / sum;
  let curvature = 0;
  weights.forEach((each, i) => {
    const off = logs[i].first - mean;
    curvature += each * (logs[i].second + off * off);
  });
  const off = rest.first - mean;
  curvature += factor * (t.second + 2 * t.first * off + t.value * (rest.second + off * off));

  const spins = n * n;
  return {
    value: -Math.LN2 + (spins / 2) * (Math.LN2 + log(S)) + most + log(sum),
    first: (spins * C) / S + mean,
    second: (-2 * spins) / (S * S) + curvature / sum,
  };
};

const scaled = ({ value, first, second }: Jet, factor: number): Jet => ({
  value: value * factor,
  first: first * factor,
  second: second * factor,
});

const sumOf = (jets: readonly Jet[]): Jet =>
  jets.reduce(
    (total, jet) => ({
      value: total.value + jet.value,
      first: total.first + jet.first,
      second: total.second + jet.second,
    }),
    { value: 0, first: 0, second: 0 },
  );

/** sinh and cosh of x > 0. */
const hyperbolic = (x: number): readonly [number, number] => {
  const [up, down] = [exp(x), exp(-x)];
  return [(up - down) / 2, (up + down) / 2];
};

const logTanh = (K: number): number => {
  const decayed = exp(-2 * K);
  return log((1 - decayed) / (1 + decayed));
};

/** g_l for l > 0, from cosh g - 1 = (S - 1)^2 / S + 2 sin^2(pi l / 2n), which keeps its digits where g is small. */
const exponent = (n: number, l: number, S: number, C: number): Jet => {
  const sine = sin((Math.PI * l) / (2 * n));
  const excess = ((S - 1) * (S - 1)) / S + 2 * sine * sine;
  const root = Math.sqrt(excess * (excess + 2));
  // Of a = C^2 / S, with dS/dK = 2C and dC/dK = 2S.
  const first = (2 * C * (S * S - 1)) / (S * S);
  const second = 4 * S - 4 / S + (8 * C * C) / (S * S * S);
  const slope = first / root;
  return { value: log1p(excess + root), first: slope, second: (second - (1 + excess) * slope * slope) / root };
};

/** ln(2 cosh x) */
const logCosh = ({ value, first, second }: Jet): Jet => {
  const size = Math.abs(value);
  const decayed = exp(-2 * size);
  const tanh = ((value < 0 ? -1 : 1) * (1 - decayed)) / (1 + decayed);
  return {
    value: size + log1p(decayed),
    first: tanh * first,
    second: tanh * second + (1 - tanh * tanh) * first * first,
  };
};

/** ln(2 sinh x) for x > 0. */
const logSinh = ({ value, first, second }: Jet): Jet => {
  const decayed = exp(-2 * value);
  const coth = (1 + decayed) / (1 - decayed);
  return {
    value: value + log1p(-decayed),
    first: coth * first,
    second: coth * second + (1 - coth * coth) * first * first,
  };
};

/** Temperatures at which heat capacity and Fisher information of an n x n lattice are largest. */
export const kaufmanPeaks = (n: number): { readonly C: number; readonly F: number } => ({
  C: minimumByThirds(T => -kaufman(n, T).CperSpin, 1.8, 3, 60),
  F: minimumByThirds(T => -kaufman(n, T).FperSpin, 1.8, 3, 60),
});
