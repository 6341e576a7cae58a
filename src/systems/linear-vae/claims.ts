import { type Claim, type Comparison, claim } from "../../contracts/claim.ts";
import { near } from "../../contracts/comparisons.ts";
import { defaultsOf } from "../../contracts/field.ts";
import { lineZero } from "../../numerics/line-fit.ts";
import { branchOf, study } from "../../protocols/study.ts";
import { vaeAnneal, vaeLearner } from "./learner.ts";
import { ZETA } from "./model.ts";
import { vaeMinimum } from "./theory.ts";

const sweepOf = (name: string, changed: { readonly sigma?: "fixed"; readonly etaEnc?: number } = {}) =>
  study(
    name,
    vaeAnneal,
    { settings: { from: 0.2, to: 4.4, values: 60, settle: 20_000, stepSize: 0.1, ...changed } },
    { quick: { settings: { steps: 1000 } }, full: { settings: { steps: 8000 } } },
  );

export const learned = sweepOf("vae-learned");
export const fixed = sweepOf("vae-fixed", { sigma: "fixed" });
export const vaeSweeps = [learned, fixed, sweepOf("vae-wide-prior", { etaEnc: 1.5 })] as const;

/** Where the gain of a mode would vanish: for learned sigma it is linear in beta, for fixed sigma in sqrt(beta). */
const criticalBeta = (sweep: readonly { control: number; gains: readonly number[] }[], mode: number, root: boolean) => {
  const seen = sweep
    .map(({ control, gains }) => ({ x: root ? Math.sqrt(control) : control, y: gains[mode] }))
    .filter(({ y }) => y > 0.08 * ZETA[mode])
    .slice(-6);
  const zero = lineZero(
    seen.map(({ x }) => x),
    seen.map(({ y }) => y),
  );
  return root ? zero * zero : zero;
};

/** The loss at which plain descent of the whole model ends: no formula but the loss itself. */
const lossByDescent = (beta: number): number => {
  const settings = { ...defaultsOf(vaeLearner.controls), beta };
  const address = { seed: 0, chain: 0 };
  const { lossAndGradient } = vaeLearner.objective(settings, address);
  const w = vaeLearner.start(settings, address);
  const gradient = new Float64Array(w.length);
  for (let step = 0; step < STEPS; step++) {
    lossAndGradient(w, gradient);
    for (let j = 0; j < w.length; j++) w[j] -= 0.1 * gradient[j];
  }
  return lossAndGradient(w, gradient);
};

/** Enough for modes that are three parts in a hundred away from their collapse. */
const STEPS = 10_000;

export const linearVaeClaims: readonly Claim[] = [
  claim("vae-collapse-points", "Theorems 1 and 2: a mode collapses at beta = zeta^2 / eta_dec^2", {
    statement:
      "Each mode collapses at beta = zeta_i^2 / eta_dec^2, with learned and with fixed sigma, whatever the prior's width.",
    routes: {
      measured: "gradient descent on the whole loss, gains extrapolated to zero",
      predicted: "zeta_i^2 / eta_dec^2",
      kind: "formula",
    },
    studies: vaeSweeps,
    measure: run =>
      vaeSweeps.flatMap(sweep =>
        ZETA.map((zeta, mode): Comparison => {
          const measured = criticalBeta(branchOf(run, sweep, "up"), mode, sweep === fixed);
          return near(`${sweep.name}: beta of mode ${mode + 1}`, measured, zeta * zeta, 2e-3 * zeta * zeta);
        }),
      ),
  }),
  claim("vae-minimum-loss", "Corollary 2: the loss at the minimum", {
    statement:
      "The loss that descent reaches is the closed form of the global minimum at every beta: there is no metastability.",
    routes: { measured: "gradient descent on the whole loss", predicted: "Corollary 2", kind: "formula" },
    studies: vaeSweeps,
    measure: run =>
      vaeSweeps.map(sweep => {
        const gaps = branchOf(run, sweep, "up").map(({ control, loss }) =>
          Math.abs(loss - vaeMinimum({ ...sweep.settings(run), beta: control }).minLoss),
        );
        return near(`${sweep.name}: largest distance from the closed form`, Math.max(...gaps), 0, 1e-3);
      }),
  }),
  claim("vae-second-order", "derived: the slope of dL/dbeta jumps by zeta^2 / (2 eta_dec^2) in t = beta / beta_c", {
    statement: "At each collapse the minimum loss has a continuous slope whose own slope steps: second order.",
    routes: {
      measured: "second differences of the loss that descent reaches, on either side",
      predicted: "zeta_i^2 / (2 eta_dec^2)",
      kind: "formula",
    },
    studies: [],
    selfCheck: false,
    measure: () =>
      ZETA.map((zeta, i) => {
        const at = (t: number) => lossByDescent(t * zeta * zeta);
        const h = 0.01;
        const curvature = (t: number) => (at(t + h) - 2 * at(t) + at(t - h)) / (h * h);
        // The curvature next to the collapse, on the line through two places further off.
        const beside = (side: 1 | -1) => 2 * curvature(1 + side * 0.04) - curvature(1 + side * 0.08);
        return near(
          `step of the second derivative, mode ${i + 1}`,
          beside(1) - beside(-1),
          0.5 * zeta * zeta,
          0.02 * zeta * zeta,
        );
      }),
  }),
];
