import { learner } from "../../contracts/learner.ts";
import { norm } from "../../numerics/norm.ts";
import { normalStart } from "../../numerics/normal-start.ts";
import { anneal } from "../../protocols/anneal.ts";
import { singleMinimum } from "../../protocols/single-minimum.ts";
import { gainsOf, type VaeSettings, vaeControls, vaeObjective, vaeTask, ZETA } from "./model.ts";
import { activeModes, vaeCoefficient, vaeMinimum } from "./theory.ts";

/** A gain below this is a collapsed mode. */
const ALIVE = 0.02;

const phaseOf = (active: number): string => `${active} active`;

export const vaeLearner = learner({
  controls: vaeControls,
  sweeps: { beta: { from: 0.1, to: 5 }, etaDec: { from: 0.5, to: 3 }, etaEnc: { from: 0.5, to: 2 } },
  objective: at => vaeObjective(vaeTask, at),
  start(at, address) {
    const { size } = vaeObjective(vaeTask, at);
    const w = normalStart(size, 0.3, address);
    return at.sigma === "learned" ? w.fill(0.7, size - at.d1) : w;
  },
  observe: ({ d1, etaEnc, sigma }, w) => {
    const gains = gainsOf(w, d1);
    const active = gains.filter(gain => gain > ALIVE).length;
    const widths = sigma === "learned" ? [...w.subarray(w.length - d1)] : Array.from({ length: d1 }, () => 1);
    return {
      order: norm(gains),
      active,
      gains,
      // The strongest mode has the narrowest encoder.
      sigmas: widths.map(width => Math.abs(width) * etaEnc).sort((a, b) => a - b),
      label: phaseOf(active),
    };
  },
  order: {
    label: "|U W^T|, the map from end to end",
    theory: at => norm(vaeMinimum(at).modes.map(({ gain }) => gain)),
  },
  critical: ({ d1, beta, etaDec }) => ({
    beta: ZETA.slice(0, d1).map(zeta => (zeta * zeta) / (etaDec * etaDec)),
    etaDec: ZETA.slice(0, d1).map(zeta => zeta / Math.sqrt(beta)),
  }),
  // The lowest loss with so many modes: a saddle that training rests at while there are more to come.
  phases: at =>
    Array.from({ length: activeModes(at) + 1 }, (_, active) => ({
      label: phaseOf(active),
      loss: vaeMinimum(at, active).minLoss,
    })),
  ...singleMinimum<VaeSettings>({
    phase: at => phaseOf(activeModes(at)),
    w(at) {
      const { modes } = vaeMinimum(at);
      const onDiagonal = (of: "lam" | "theta"): number[] =>
        ZETA.flatMap((_, row) => modes.map((mode, column) => (row === column ? mode[of] : 0)));
      const widths = at.sigma === "learned" ? modes.map(mode => mode.sigma / at.etaEnc) : [];
      return [...onDiagonal("lam"), ...onDiagonal("theta"), ...widths];
    },
    lambda: vaeCoefficient,
    where: "half of the directions that a rotation of latent space leaves",
  }),
  small: { d1: 1 },
});

export const vaeAnneal = anneal(vaeLearner, {
  summary: "sweep the weight of the prior slowly up and down by gradient descent: modes collapse one by one",
});
