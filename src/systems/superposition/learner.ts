import { choice, defaultsOf, namesOf, number, type ValuesOf } from "../../contracts/field.ts";
import { learner } from "../../contracts/learner.ts";
import { invalid } from "../../errors.ts";
import { norm } from "../../numerics/norm.ts";
import { anneal } from "../../protocols/anneal.ts";
import { decayed } from "../decayed.ts";
import { sizeOf } from "./model/layout.ts";
import { populationObjective } from "./model/population.ts";
import { shapeOf } from "./phases.ts";
import { controls } from "./protocols/controls.ts";
import { checkStart, startPoint, starts, startsText } from "./protocols/starts.ts";
import { learningCoefficient } from "./theory/coefficients.ts";
import { smallColumns } from "./theory/decay.ts";
import { deformationCrossing, deformedHexagon, weightedPentagonLoss } from "./theory/deformation.ts";
import { type Family, familyOf, familyPoint } from "./theory/families.ts";
import { solveKgon } from "./theory/kgon.ts";
import { energyLevels, levelLabel } from "./theory/levels.ts";
import { positiveVestigialBias, positiveVestigialValue } from "./theory/vestigial.ts";

/** Columns whose squared lengths add up to less are zero. */
const GONE = 1e-4;
const ZERO = "zero";

const learnerControls = {
  c: controls.c,
  r: controls.r,
  weightDecay: number("decay of W, half of it times |W|^2 is added to the loss", { default: 0, min: 0, max: 100 }),
  outputWeight: number("what the squared error of the last output counts", { default: 1, min: 0, max: 100 }),
  start: choice(`where descent begins: ${startsText}`, namesOf(starts), { default: "polygon" }),
  n: { ...controls.n, summary: "samples that the population loss stands for", default: 10_000 },
  vestigialBias: { ...controls.vestigialBias, summary: "bias of negative vestigial features at the point of a phase" },
} as const;

type At = ValuesOf<typeof learnerControls>;

/** Whether the loss is that of the source, whose critical points are known: planar, without decay, all outputs alike. */
const isPlain = ({ r, weightDecay, outputWeight }: At): boolean => r === 2 && weightDecay === 0 && outputWeight === 1;

/** Whether the last of six outputs alone makes the difference, and by how much is within reach of the deformed 6-gon. */
const isDeformed = ({ c, r, weightDecay, outputWeight }: At): boolean =>
  c === 6 && r === 2 && weightDecay === 0 && outputWeight >= 0.4 && outputWeight <= 2;

const objective = ({ c, r, weightDecay, outputWeight }: At) => {
  const outputWeights = Array.from({ length: c }, (_, i) => (i === c - 1 ? outputWeight : 1));
  const population = populationObjective({ c, r, outputWeights });
  // Without decay as it is, with its second derivatives.
  return weightDecay === 0 ? population : decayed(population, weightDecay, r * c);
};

/** A family by its label, or that on the energy level of this name: 3+ is the level of 4+-. */
const familyAt = (c: number, phase: string): Family => {
  const level = energyLevels(c).find(({ label, k }) => label === phase && k === 4);
  return familyOf(c, level ? level.k + "+".repeat(level.sigma) + "-".repeat(level.phi) : phase);
};

/** The toy model on its population loss. */
export const superpositionLearner = learner({
  controls: learnerControls,
  sweeps: { weightDecay: { from: 0.01, to: 0.27 }, outputWeight: { from: 1, to: 0.2 } },
  stepSize: 0.3,
  check: at => checkStart(at.start, at),
  objective,
  start: (at, address) => startPoint(at.start, at, address),

  observe({ c, r }, w, { swept }) {
    const { k, live, sigma } = shapeOf(w, { c, r });
    let [squares, last] = [0, 0];
    for (let i = 0; i < r * c; i++) {
      squares += w[i] * w[i];
      if (i % c === c - 1) last += w[i] * w[i];
    }
    return {
      // Decay takes away all columns; what an output counts decides over its own.
      order: Math.sqrt(swept === "outputWeight" ? last : squares),
      norm: Math.sqrt(squares),
      k,
      live,
      sigma,
      label: squares < GONE ? ZERO : levelLabel(live, sigma),
    };
  },

  order: {
    label: "norm of the columns",
    theory(at, swept) {
      const { c, r, weightDecay, outputWeight } = at;
      if (swept === "outputWeight") {
        if (!isDeformed(at)) return null;
        const { w, loss } = deformedHexagon(outputWeight);
        return weightedPentagonLoss(outputWeight) < loss ? 0 : norm(Float64Array.of(w[c - 1], w[2 * c - 1]));
      }
      if (isPlain(at)) {
        // Regular polygons from 10 vertices on are saddles.
        if (c > 9) return null;
        const { k } = energyLevels(c).reduce((lowest, level) => (level.loss < lowest.loss ? level : lowest));
        return Math.sqrt(k) * solveKgon(k).l;
      }
      const { critical, squaredNorm } = smallColumns({ c, r }, weightDecay);
      // The polynomial holds until columns of equal length that oppose each other silence each other's outputs.
      const holds = outputWeight === 1 && 1 - weightDecay / critical <= 1 / (2 * r);
      return holds ? Math.sqrt(squaredNorm) : null;
    },
  },

  critical: at => ({
    // An output that counts less does not help the columns that vanish last: they share the others.
    ...(at.outputWeight <= 1 && { weightDecay: [smallColumns(at, 0).critical] }),
    ...(isDeformed(at) && { outputWeight: [deformationCrossing().u] }),
  }),

  phases(given) {
    // Levels are drawn over runs of other protocols too, whose settings say nothing of decay or weights.
    const at = { ...defaultsOf(learnerControls), ...given };
    const { c, outputWeight } = at;
    const levels = isPlain(at)
      ? energyLevels(c).map(({ label, loss }) => ({ label, loss }))
      : isDeformed(at)
        ? [
            { label: "5+", loss: weightedPentagonLoss(outputWeight) },
            { label: "6", loss: deformedHexagon(outputWeight).loss },
          ]
        : // Under decay, and outside the plane, no other has a closed form.
          [{ label: ZERO, loss: ((c - 1 + outputWeight) * positiveVestigialValue(c)) / (3 * c) }];
    return levels.sort((a, b) => b.loss - a.loss);
  },

  point(phase, at) {
    const { c, r, outputWeight } = at;
    if (phase === ZERO) return { w: new Float64Array(sizeOf(at)).fill(positiveVestigialBias(c), r * c) };
    const { label } = familyAt(c, phase);
    if (isDeformed(at) && label === "6") return { w: deformedHexagon(outputWeight).w };
    // What the output counts whose bias alone answers does not move 5+.
    if (isPlain(at) || (isDeformed(at) && label === "5+")) return { w: familyPoint(c, label, at.vestigialBias) };
    throw invalid(
      "--at",
      phase,
      "r = 2, weightDecay = 0 and outputWeight = 1, where phases have points in closed form",
    );
  },

  coefficient(phase, at) {
    if (!isPlain(at)) return null;
    const { k, sigma, phi } = familyAt(at.c, phase);
    const lambda = learningCoefficient("volume", { c: at.c, k, sigma, phi });
    return lambda === null
      ? null
      : { lambda, where: "half the directions that are not flat, the exponent of the volume" };
  },

  small: {},
});

/**
 * Slow sweeps on the population loss. Under weight decay the polygons lose vertices one jump after the other, and at 4/(3c) the columns
 * that are left vanish continuously; as the last output counts less, the c-gon falls to the polygon without it.
 */
export const superpositionAnneal = anneal(superpositionLearner, {
  summary: "sweep the decay of the columns, or what the last output counts, slowly up and down: which polygon survives",
  values: 53,
  steps: 1000,
});
