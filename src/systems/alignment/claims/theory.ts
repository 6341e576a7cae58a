import { type Claim, claim } from "../../../contracts/claim.ts";
import { above, below, near } from "../../../contracts/comparisons.ts";
import { exp, log } from "../../../numerics/elementary.ts";
import { integrate } from "../../../numerics/ode/integrate.ts";
import { stream } from "../../../numerics/stream.ts";
import { alignedNetStates, alignedTheoryStates } from "../theory/aligned-linear.ts";
import { BROKEN, consistency } from "../theory/consistency.ts";
import { collapseAt, finalDistance } from "../theory/final-distance.ts";
import { fitEffectiveRates } from "../theory/fit.ts";
import { scalarSolution, universalSolution } from "../theory/scalar-solution.ts";
import { integrateTwoPoint } from "../theory/trajectory.ts";
import { conserved, variants } from "../theory/two-point.ts";

/** The state at which the specification lists numbers: outputs are single numbers. */
const PAIR = { dx2: 1, dy2: 0.5 };
const RATES = { etaH: 0.02, etaY: 0.05 };
const S0 = 0.03;
const START = { h: 0.05, y: S0 * S0, w: S0 * (S0 - Math.sqrt(PAIR.dy2)) };

/** Starts with outputs of several numbers, rates and pairs, from the same stream each time. */
const drawnProblems = (count: number) => {
  const random = stream({ seed: 1, purpose: "two-point problems" });
  const scale = () => exp(3 * (random.uniform() - 0.5));
  return Array.from({ length: count }, () => {
    const pair = { dx2: scale(), dy2: scale() };
    const rates = { etaH: 0.02 * scale(), etaY: 0.02 * scale() };
    // Outputs within half a target's distance, and h too large for a negative conserved quantity.
    const along = 0.5 * random.uniform() * Math.sqrt(pair.dy2);
    const across = 0.2 * random.uniform() * Math.sqrt(pair.dy2);
    const y = along * along + across * across;
    const least = Math.sqrt((rates.etaH / rates.etaY) * pair.dx2 * y);
    return { pair, rates, start: { h: least * (1.05 + scale()), y, w: y - along * Math.sqrt(pair.dy2) } };
  });
};

/** Long enough that what is left of the error is below rounding. */
const endOf = ({ pair, rates, start }: ReturnType<typeof drawnProblems>[number]) => {
  const { hFinal } = finalDistance({ h0: start.h, y0: start.y }, pair, rates);
  return 60 / (rates.etaY * Math.min(start.h, hFinal));
};

/** When a numerical solution of d sigma/dT = (1 - sigma) sqrt(rho^2 + sigma^2) passes a value. */
const numericalTime = (rho: number, sigma0: number, goal: number): number => {
  // T as a function of sigma: no root has to be found.
  const slope = (sigma: number, _: Float64Array, out: Float64Array) => {
    out[0] = 1 / ((1 - sigma) * Math.sqrt(rho * rho + sigma * sigma));
  };
  return integrate(slope, [0], [sigma0, goal], { tolerance: 1e-12 })[1][0];
};

const suddenness = (timeTo: (fraction: number) => number): number => (timeTo(0.9) - timeTo(0.1)) / timeTo(0.5);

export const theoryClaims: readonly Claim[] = [
  claim("conserved", "section 2; derived", {
    statement: "C = h - (etaH/etaY) dx2 y/h does not move along solutions, and fixes where they end.",
    routes: {
      measured: "the three equations integrated, outputs of several numbers",
      predicted: "C at the start, and the positive root of h^2 - C h - aLow^2",
      kind: "formula",
    },
    studies: [],
    measure: () => {
      const problems = drawnProblems(20);
      let [moved, apart] = [0, 0];
      for (const problem of problems) {
        const { pair, rates, start } = problem;
        const end = endOf(problem);
        const times = Array.from({ length: 40 }, (_, i) => (end * i) / 39);
        const states = integrateTwoPoint(start, pair, rates, times);
        const C = conserved(start, pair.dx2, rates);
        for (const state of states)
          moved = Math.max(moved, Math.abs(conserved(state, pair.dx2, rates) - C) / Math.max(1, Math.abs(C)));
        const { hFinal } = finalDistance({ h0: start.h, y0: start.y }, pair, rates);
        apart = Math.max(apart, Math.abs(states[states.length - 1].h / hFinal - 1));
      }
      return [
        near("largest |C(t) - C(0)| / max(1, |C(0)|) of 20 problems", moved, 0, 1e-7),
        near("largest |h(end) / hFinal - 1|", apart, 0, 1e-5),
      ];
    },
  }),

  claim("reference-state", "sections 2 and 3, at one state", {
    statement: "The final distance and the times to a tenth, a half and nine tenths, as closed forms give them.",
    routes: {
      measured: "the three equations integrated, and 1/(ds/dt) integrated over s",
      predicted: "closed forms",
      kind: "formula",
    },
    studies: [],
    measure: () => {
      const final = finalDistance({ h0: START.h, y0: START.y }, PAIR, RATES);
      const [end] = integrateTwoPoint(START, PAIR, RATES, [4000]);
      const solution = scalarSolution({ h0: START.h, s0: S0 }, PAIR, RATES);
      const unit = Math.sqrt(RATES.etaH * RATES.etaY * PAIR.dx2 * PAIR.dy2);
      const Y = Math.sqrt(PAIR.dy2);
      return [
        near("hFinal", end.h, final.hFinal, 1e-9),
        near("hFinal / aLow", end.h / final.aLow, final.collapse as number, 1e-9),
        ...[0.1, 0.5, 0.9].map(fraction =>
          near(
            `steps to ${fraction}`,
            numericalTime(final.rho as number, S0 / Y, fraction) / unit,
            solution.timeTo(fraction) as number,
            1e-7,
          ),
        ),
      ];
    },
  }),

  claim("reference-numbers", "sections 2 and 3, at one state", {
    statement: "The closed forms give the numbers that were computed independently beforehand.",
    routes: {
      measured: "closed forms",
      predicted: "another implementation, to the digits it lists",
      kind: "recomputed",
    },
    studies: [],
    measure: () => {
      const { aHigh, aLow, rho, hFinal, collapse } = finalDistance({ h0: START.h, y0: START.y }, PAIR, RATES);
      const solution = scalarSolution({ h0: START.h, s0: S0 }, PAIR, RATES);
      const time = (fraction: number) => solution.timeTo(fraction) as number;
      const [rich, one] = [universalSolution(0, 1e-3), universalSolution(1, 0.01)];
      return [
        near("aHigh", aHigh, 0.0428, 1e-12),
        near("aLow", aLow, 0.4472135955, 1e-10),
        near("rho", rho as number, 0.0478518547, 1e-10),
        near("hFinal", hFinal, 0.4691253176, 1e-10),
        near("collapse", collapse as number, 1.0489961, 1e-7),
        near("t10", time(0.1), 32.86062882, 1e-8),
        near("t50", time(0.5), 128.36966383, 1e-8),
        near("t90", time(0.9), 226.40462444, 1e-8),
        near("rho 0: T50", rich.timeTo(0.5) as number, 6.906754779, 1e-9),
        near(
          "rho 0: suddenness",
          suddenness(f => rich.timeTo(f) as number),
          0.636253826,
          1e-9,
        ),
        near("rho 1: T50", one.timeTo(0.5) as number, 0.652560414, 1e-9),
        near(
          "rho 1: suddenness",
          suddenness(f => one.timeTo(f) as number),
          2.826166998,
          1e-9,
        ),
      ];
    },
  }),

  claim("universal-curve", "derived", {
    statement:
      "In units of its target and rates every scalar problem is one curve for each rho; with small initial weights the wait grows like their logarithm and the jump stays 2 ln 9 wide.",
    routes: { measured: "1/(d sigma/dT) integrated over sigma", predicted: "closed form", kind: "formula" },
    studies: [],
    measure: () => [
      ...[
        [0, 1e-3],
        [1, 0.01],
        [-0.5, 0.02],
        [5, 0],
        [0.2, -0.4],
      ].map(([rho, sigma0]) =>
        near(
          `T50 at rho ${rho}, sigma0 ${sigma0}`,
          numericalTime(rho, sigma0, 0.5),
          universalSolution(rho, sigma0).timeTo(0.5) as number,
          1e-8,
        ),
      ),
      ...[1e-3, 1e-6].map(sigma0 =>
        near(
          `width of the jump at sigma0 ${sigma0}`,
          numericalTime(0, sigma0, 0.9) - numericalTime(0, sigma0, 0.1),
          2 * log(9),
          1e-8,
        ),
      ),
    ],
  }),

  claim("collapse-law", "derived", {
    statement: "hFinal / aLow is one function of rho, exp(asinh(rho)), whatever the pair, the rates and the start.",
    routes: { measured: "the three equations integrated to the end", predicted: "exp(asinh(rho))", kind: "formula" },
    studies: [],
    measure: () =>
      drawnProblems(8).map((problem, i) => {
        const { pair, rates, start } = problem;
        const [{ h }] = integrateTwoPoint(start, pair, rates, [endOf(problem)]);
        const { aLow, rho } = finalDistance({ h0: start.h, y0: start.y }, pair, rates);
        return near(`problem ${i}: hFinal / aLow`, h / aLow, collapseAt(rho as number), 1e-6);
      }),
  }),

  claim("fit-recovers", "the source's code: rates by least squares", {
    statement: "From a trajectory without noise the fit gives back its rates.",
    routes: {
      measured: "fit to integrated trajectories, outputs of several numbers",
      predicted: "the rates they were integrated with",
      kind: "recomputed",
    },
    studies: [],
    measure: () =>
      drawnProblems(6).flatMap((problem, i) => {
        const { pair, rates, start } = problem;
        const t = Array.from({ length: 60 }, (_, k) => (endOf(problem) * k) / 400);
        const states = integrateTwoPoint(start, pair, rates, t);
        const [h, y, w] = (["h", "y", "w"] as const).map(name => states.map(state => state[name]));
        const fit = fitEffectiveRates({ ...pair, t, h, y, w });
        return (["etaH", "etaY"] as const).map(name =>
          near(`problem ${i}: ${name} / its own`, fit[name] / rates[name], 1, 1e-3),
        );
      }),
  }),

  claim("aligned-linear-exact", "section 2; derived", {
    statement:
      "For two aligned linear layers the theory is exact with both rates half the step size, up to what gradient descent differs from its flow: half the step, half the error.",
    routes: {
      measured: "gradient descent on the two layers",
      predicted: "closed form of the theory, and the order of Euler's method",
      kind: "formula",
    },
    studies: [],
    measure: () => {
      const errorAt = (lr: number): number => {
        const net = { alpha: 0.1, beta: 0.12, dx: 1, dy: Math.SQRT1_2, lr };
        const steps = Array.from({ length: 31 }, (_, i) => Math.round((i * 1) / lr));
        const theory = alignedTheoryStates(net, steps);
        return Math.max(...alignedNetStates(net, steps).map(({ h }, i) => Math.abs(h - theory[i].h)));
      };
      const [whole, half] = [errorAt(0.01), errorAt(0.005)];
      return [
        below("largest deviation of h at step size 0.01", whole, 1e-3),
        near("deviation at half the step size, relative", half / whole, 0.5, 0.02),
      ];
    },
  }),

  claim("altered-inconsistent", "the source's control; derived", {
    statement:
      "Solutions of the equations keep |dyhat - dy|^2 >= 0 and, of single outputs, (y - w)^2 = y dy2. Those altered in (a) and (c) break the first, in (d) the second.",
    routes: { measured: "altered equations integrated", predicted: "bounds stated beforehand", kind: "bound" },
    studies: [],
    measure: () => {
      const of = (name: keyof typeof variants) =>
        consistency(START, PAIR, RATES, { factors: variants[name], tMax: 600, points: 121 });
      return [
        below("(a) twice dy/dt: least |dyhat - dy|^2", of("twiceDy").minError2, BROKEN.error2),
        below("(c) last term of dw/dt reversed: least |dyhat - dy|^2", of("signFlip").minError2, BROKEN.error2),
        above("(d) without y/h: largest |(y - w)^2 - y dy2|", of("dropped").maxScalarDefect, BROKEN.scalarDefect),
        above("theory: least |dyhat - dy|^2", of("theory").minError2, -1e-6),
        below("theory: largest |(y - w)^2 - y dy2|", of("theory").maxScalarDefect, 1e-6),
        above("(b) twice dh/dt: least |dyhat - dy|^2, a change of etaH", of("twiceDh").minError2, -1e-6),
      ];
    },
  }),
];
