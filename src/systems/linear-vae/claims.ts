import { type Claim, type Comparison, claim } from "../../contracts/claim.ts";
import { near } from "../../contracts/comparisons.ts";
import { lineZero } from "../../numerics/line-fit.ts";
import { branchOf, study } from "../../protocols/study.ts";
import { vaeAnneal } from "./learner.ts";
import { EY2, ZETA } from "./model.ts";
import { vaeMinimum, vaeTheory } from "./theory.ts";

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
          return near(`${sweep.name}: beta of mode ${mode + 1}`, measured, zeta * zeta, 0.03 * zeta * zeta);
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
      measured: "finite differences of the minimum loss",
      predicted: "zeta_i^2 / (2 eta_dec^2)",
      kind: "formula",
    },
    studies: [],
    measure: () =>
      ZETA.map((zeta, i) => {
        const at = (t: number) =>
          vaeTheory({ zeta: ZETA, d1: 5, beta: t * zeta * zeta, etaEnc: 1, etaDec: 1, Ey2: EY2 }).learnSigma.minLoss;
        const h = 1e-3;
        const curvature = (t: number) => (at(t + h) - 2 * at(t) + at(t - h)) / (h * h);
        const step = curvature(1 + 2 * h) - curvature(1 - 2 * h);
        return near(`step of the second derivative, mode ${i + 1}`, step, 0.5 * zeta * zeta, 0.02 * zeta * zeta);
      }),
  }),
];
