import { type Fields, integer, list, matrix, namesOf, number, numbers } from "../../../contracts/field.ts";
import { theory } from "../../../contracts/system.ts";
import { invalid } from "../../../errors.ts";
import { alignedNetStates, alignedRates, alignedTheoryStates } from "./aligned-linear.ts";
import { consistency } from "./consistency.ts";
import { collapseAt, finalDistance, regimeOf } from "./final-distance.ts";
import { fitEffectiveRates, LEAST_POINTS } from "./fit.ts";
import { pairwiseFinalDistances, structurePrediction } from "./pairwise.ts";
import { scalarSolution, universalSolution } from "./scalar-solution.ts";
import { integrateTwoPoint } from "./trajectory.ts";
import { conserved, lossOf, slopes, variants } from "./two-point.ts";

const square = (summary: string, value: number) => number(summary, { default: value, min: 0 });
const rates = {
  etaH: number("effective rate of the representation, 1/tau_h", { default: 0.02, above: 0 }),
  etaY: number("effective rate of the outputs, 1/tau_y", { default: 0.05, above: 0 }),
} as const satisfies Fields;
const pair = {
  dx2: square("squared distance of the inputs", 1),
  dy2: square("squared distance of the targets", 0.5),
} as const satisfies Fields;
const h0 = number("squared distance of the representations at the start", { default: 0.05, above: 0 });
const y0 = square("squared distance of the outputs at the start", 0.0009);
const w0 = number("output difference times its error at the start, y0 - dyhat . dy", {
  default: -0.020313203435596425,
});
const s0 = number("output difference along the targets' at the start", { default: 0.03 });
const t = list("times, in steps", number("time", { min: 0 }), { least: 1 });
const m0 = number("squared length of the mean error at the start", { min: 0 });
const distances = (summary: string) => matrix(summary, { square: true });

const factor = number("factor of the term");
const coefficients = {
  kind: "object",
  summary: "factors of the terms",
  fields: { dh: factor, dy: factor, lastTermOfDw: factor, yOverH: factor },
} as const;

/** What the start of a pair is called in the equations. */
const startOf = ({ h0, y0, w0 }: { readonly h0: number; readonly y0: number; readonly w0: number }) => {
  // |dyhat . dy| is at most |dyhat| |dy|, so that outputs which do not differ have no product either.
  if (y0 === 0 && w0 !== 0) throw invalid("w0", w0, "0 where y0 is 0");
  return { h: h0, y: y0, w: w0 };
};

/** Matrices of the distances of the same points. */
const checkPoints = (matrices: { readonly [name: string]: readonly (readonly number[])[] }): void => {
  const [size] = Object.values(matrices).map(rows => rows.length);
  for (const [name, rows] of Object.entries(matrices)) {
    if (rows.length !== size) throw invalid(`the length of ${name}`, rows.length, `${size}, as of the others`);
    for (const [i, row] of rows.entries()) {
      const j = row.findIndex(value => !(value >= 0));
      if (j >= 0) throw invalid(`${name}[${i}][${j}]`, row[j], "a distance");
    }
  }
};

const fractions = [0.1, 0.5, 0.9];

export const alignmentTheory = {
  twoPointRhs: theory({
    summary: "the three equations at a state: dh/dt, dy/dt, dw/dt",
    where: "section 2; the source's code",
    inputs: {
      h: { ...h0, summary: "squared distance of the representations" },
      y: { ...y0, summary: "squared distance of the outputs" },
      w: { ...w0, summary: "output difference times its error, y - dyhat . dy" },
      ...rates,
      ...pair,
    },
    evaluate: ({ h, y, w, etaH, etaY, dx2, dy2 }) => ({ d: slopes({ h, y, w }, { dx2, dy2 }, { etaH, etaY }) }),
  }),

  integrateTwoPoint: theory({
    summary: "the three equations integrated from a start at t = 0, with the quantity that they keep",
    where: "section 2; the conserved quantity is derived",
    inputs: { h0, y0, w0, ...rates, ...pair, t },
    evaluate({ t, etaH, etaY, dx2, dy2, ...input }) {
      const start = startOf(input);
      const states = integrateTwoPoint(start, { dx2, dy2 }, { etaH, etaY }, t);
      return {
        h: states.map(({ h }) => h),
        y: states.map(({ y }) => y),
        w: states.map(({ w }) => w),
        invariant: conserved(start, dx2, { etaH, etaY }),
      };
    },
  }),

  finalDistance: theory({
    summary: "squared distance of the representations in the end, from rich (rho near 0) to lazy (large rho)",
    where: "section 3; the collapse law is derived",
    inputs: { h0, y0, ...rates, ...pair },
    evaluate({ h0, y0, etaH, etaY, dx2, dy2 }) {
      const final = finalDistance({ h0, y0 }, { dx2, dy2 }, { etaH, etaY });
      return { ...final, regime: final.rho === null ? null : regimeOf(final.rho) };
    },
  }),

  collapse: theory({
    summary: "hFinal / aLow as a function of rho alone, exp(asinh(rho)), and the regime",
    where: "derived",
    answers: [],
    inputs: { rho: number("aHigh / (2 aLow)", { default: 0.5 }) },
    evaluate: ({ rho }) => ({ collapse: collapseAt(rho), regime: regimeOf(rho) }),
  }),

  twoPointLoss: theory({
    summary: "half the mean squared error of both points, the mean error with a rate of its own",
    where: "the source's code",
    inputs: {
      t: number("time, in steps", { min: 0 }),
      y: number("squared distance of the outputs", { min: 0 }),
      w: number("output difference times its error"),
      etaMean: number("rate of the mean error", { min: 0 }),
      dy2: number("squared distance of the targets", { min: 0 }),
      m0,
    },
    evaluate: ({ y, w, ...rest }) => ({ loss: lossOf({ y, w }, rest) }),
  }),

  scalarSolution: theory({
    summary: "the exact solution where outputs are single numbers, from either side of the target and through h = 0",
    where: "derived",
    inputs: { h0, s0, ...rates, ...pair, t },
    evaluate({ h0, s0, etaH, etaY, dx2, dy2, t }) {
      const solution = scalarSolution({ h0, s0 }, { dx2, dy2 }, { etaH, etaY });
      const states = t.map(time => solution.at(time));
      return {
        s: t.map(time => solution.differenceAt(time)),
        h: states.map(({ h }) => h),
        y: states.map(({ y }) => y),
        w: states.map(({ w }) => w),
        rateEnd: solution.rateEnd,
        aHigh: solution.aHigh,
      };
    },
  }),

  timeToFraction: theory({
    summary:
      "when the output difference is a fraction of the target's; null where it has passed it already, or never will",
    where: "derived",
    inputs: { h0, s0, ...rates, ...pair, fractions: list("fractions", number("fraction"), { least: 1 }) },
    evaluate({ h0, s0, etaH, etaY, dx2, dy2, fractions }) {
      const solution = scalarSolution({ h0, s0 }, { dx2, dy2 }, { etaH, etaY });
      return { t: fractions.map(fraction => solution.timeTo(fraction)) };
    },
  }),

  universalCurve: theory({
    summary: "every scalar problem in units of its target and its rate: one curve for each rho, and how sudden it is",
    where: "derived",
    inputs: {
      rho: number("aHigh / (2 aLow)", { default: 0 }),
      sigma0: number("output difference at the start, of the target's", { default: 1e-3 }),
      T: list("times, sqrt(etaH etaY) |dx| |dy| t", number("time", { min: 0 }), { least: 1 }),
    },
    evaluate({ rho, sigma0, T }) {
      const solution = universalSolution(rho, sigma0);
      const [T10, T50, T90] = fractions.map(fraction => solution.timeTo(fraction));
      return {
        sigma: T.map(time => solution.differenceAt(time)),
        hOverALow: T.map(time => solution.at(time).h),
        T10,
        T50,
        T90,
        suddenness: T10 === null || T50 === null || T90 === null ? null : (T90 - T10) / T50,
      };
    },
  }),

  pairwiseFinalDistances: theory({
    summary: "distances of the representations in the end, every pair of points by itself",
    where: "section 5; the source's code",
    inputs: {
      distX: distances("distances of the inputs"),
      distY: distances("distances of the targets"),
      distH0: distances("distances of the representations at the start"),
      distY0: distances("distances of the outputs at the start"),
      etaRatio: number("etaH / etaY", { above: 0 }),
    },
    evaluate({ etaRatio, ...given }) {
      checkPoints(given);
      return { distH: pairwiseFinalDistances(given, etaRatio) };
    },
  }),

  structurePrediction: theory({
    summary: "pattern of the squared distances of many points: rich distances smoothed over neighbours",
    where: "section 6; the source's code",
    inputs: { distX: distances("distances of the inputs"), distY: distances("distances of the targets") },
    evaluate(given) {
      checkPoints(given);
      return { pred: structurePrediction(given) };
    },
  }),

  fitEffectiveRates: theory({
    summary:
      "effective rates of a measured trajectory by least squares, with 95 % intervals and coefficients of determination",
    where: "the source's code; in logarithms of the rates",
    inputs: {
      t: numbers("times, in steps", { least: LEAST_POINTS }),
      h2: numbers("squared distances of the representations"),
      y2: numbers("squared distances of the outputs"),
      w: numbers("output difference times its error"),
      ...pair,
    },
    evaluate({ h2, y2, ...rest }) {
      const { etaH, etaY, intervals, squares, determination } = fitEffectiveRates({ ...rest, h: h2, y: y2 });
      return { etaH, etaY, intervals, squares, determination };
    },
  }),

  trajectoryConsistency: theory({
    summary:
      "what solutions of the equations, or of altered ones, break by themselves: |dyhat - dy|^2 >= 0, and (y - w)^2 = y dy2 of single outputs",
    where: "derived; the altered equations are the source's code's",
    inputs: {
      variant: { kind: "text", summary: `the equations: ${namesOf(variants).join(", ")}`, optional: true },
      coefficients: { ...coefficients, optional: true },
      h0,
      y0,
      w0,
      ...rates,
      ...pair,
      tMax: number("last time, in steps", { default: 600, above: 0 }),
      points: integer("equally spaced times, from 0", { default: 121, min: 2, max: 1_000_000 }),
    },
    evaluate({ variant, coefficients, etaH, etaY, dx2, dy2, tMax, points, ...input }) {
      const factors = coefficients ?? factorsOf(variant);
      return consistency(startOf(input), { dx2, dy2 }, { etaH, etaY }, { factors, tMax, points });
    },
  }),

  alignedLinearNet: theory({
    summary:
      "two aligned linear layers by gradient descent beside the theory, which is exact there up to the step size",
    where: "derived: etaH = etaY = lr / 2",
    inputs: {
      alpha: number("length of the first layer", { default: 0.1 }),
      beta: number("length of the second layer", { default: 0.12 }),
      dx: number("difference of the inputs", { default: 1 }),
      dy: number("difference of the targets", { default: Math.SQRT1_2 }),
      lr: number("step size of gradient descent", { default: 0.01, above: 0 }),
      steps: list("steps to look at", integer("step", { min: 0, max: 10_000_000 }), { least: 1 }),
    },
    evaluate({ steps, ...net }) {
      checkAligned(net);
      const states = alignedNetStates(net, steps);
      const lost = states.findIndex(({ h, y }) => !(Number.isFinite(h) && Number.isFinite(y)));
      if (lost >= 0) throw invalid("lr", net.lr, `a smaller step size: descent has diverged by step ${steps[lost]}`);
      const theory = alignedTheoryStates(net, steps);
      const errors = states.map(({ h, y }, i) => Math.max(Math.abs(h - theory[i].h), Math.abs(y - theory[i].y)));
      return {
        h2: states.map(({ h }) => h),
        y2: states.map(({ y }) => y),
        w: states.map(({ w }) => w),
        theoryH: theory.map(({ h }) => h),
        theoryY: theory.map(({ y }) => y),
        maxTheoryError: Math.max(...errors),
        ...alignedRates(net.lr),
      };
    },
  }),
};

/** A name beside given coefficients is a label and no more. */
const factorsOf = (variant = "theory") => {
  if (!Object.hasOwn(variants, variant))
    throw invalid("variant", variant, `one of ${namesOf(variants).join(", ")}, or coefficients`);
  return variants[variant as keyof typeof variants];
};

const checkAligned = ({ alpha, dx, dy }: Pick<Parameters<typeof alignedNetStates>[0], "alpha" | "dx" | "dy">): void => {
  for (const [name, value] of Object.entries({ alpha, dx, dy }))
    if (value === 0) throw invalid(name, value, "a number other than 0, so that there is a distance to follow");
};
