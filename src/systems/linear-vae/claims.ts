import type { Claim, Comparison, Evidence } from "../../contracts/claim.ts";
import type { RunRecord } from "../../contracts/protocol.ts";
import { line } from "../../numerics/line-fit.ts";
import { near } from "../compare.ts";
import { EY2, theoryAt, ZETA } from "./protocols.ts";
import { vaeTheory } from "./theory.ts";

export const SWEEPS = ["vae-learned", "vae-fixed", "vae-wide-prior"] as const;

const upward = (evidence: Evidence, study: string): readonly RunRecord[] =>
  evidence.records(study, "sweep").filter(({ direction }) => direction === "up");

/** Where the gain of a mode would vanish: for learned sigma it is linear in beta, for fixed sigma in sqrt(beta). */
const criticalBeta = (records: readonly RunRecord[], mode: number, fixed: boolean): number => {
  const seen = records
    .map(({ control, gains }) => ({
      x: fixed ? Math.sqrt(control as number) : (control as number),
      y: (gains as readonly number[])[mode],
    }))
    .filter(({ y }) => y > 0.08 * ZETA[mode])
    .slice(-6);
  const { slope, intercept } = line(
    seen.map(({ x }) => x),
    seen.map(({ y }) => y),
  );
  const zero = -intercept / slope;
  return fixed ? zero * zero : zero;
};

const settingsOf = (evidence: Evidence, study: string) => ({
  d1: 5,
  etaDec: 1,
  etaEnc: 1,
  sigma: "learned",
  ...evidence.study(study).settings,
});

export const linearVaeClaims: readonly Claim[] = [
  {
    id: "vae-collapse-points",
    where: "Theorems 1 and 2: a mode collapses at beta = zeta^2 / eta_dec^2",
    statement:
      "Each mode collapses at beta = zeta_i^2 / eta_dec^2, with learned and with fixed sigma, whatever the prior's width.",
    routes: {
      measured: "gradient descent on the whole loss, gains extrapolated to zero",
      predicted: "zeta_i^2 / eta_dec^2",
    },
    studies: SWEEPS,
    measure: evidence =>
      SWEEPS.flatMap(study =>
        ZETA.map((zeta, mode): Comparison => {
          const measured = criticalBeta(upward(evidence, study), mode, study === "vae-fixed");
          return near(`${study}: beta of mode ${mode + 1}`, measured, zeta * zeta, 0.03 * zeta * zeta);
        }),
      ),
  },
  {
    id: "vae-minimum-loss",
    where: "Corollary 2: the loss at the minimum",
    statement:
      "The loss that descent reaches is the closed form of the global minimum at every beta: there is no metastability.",
    routes: { measured: "gradient descent on the whole loss", predicted: "Corollary 2" },
    studies: SWEEPS,
    measure: evidence =>
      SWEEPS.map(study => {
        const worst = Math.max(
          ...upward(evidence, study).map(({ control, loss }) => {
            const { learnSigma, fixedSigma } = theoryAt({ ...settingsOf(evidence, study), beta: control as number });
            return Math.abs((loss as number) - (study === "vae-fixed" ? fixedSigma : learnSigma).minLoss);
          }),
        );
        return near(`${study}: largest distance from the closed form`, worst, 0, 1e-3);
      }),
  },
  {
    id: "vae-second-order",
    where: "derived: the slope of dL/dbeta jumps by zeta^2 / (2 eta_dec^2) in t = beta / beta_c",
    statement: "At each collapse the minimum loss has a continuous slope whose own slope steps: second order.",
    routes: { measured: "finite differences of the minimum loss", predicted: "zeta_i^2 / (2 eta_dec^2)" },
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
  },
];
