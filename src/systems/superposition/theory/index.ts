import type { Control } from "../../../contracts/field.ts";
import type { TheoryEntry } from "../../../contracts/system.ts";
import { fromFlat } from "../model/layout.ts";
import { chamberRanks } from "./chambers.ts";
import { type CoefficientTable, coefficientTables, learningCoefficient } from "./coefficients.ts";
import { transitionSize } from "./critical-size.ts";
import { smallColumns } from "./decay.ts";
import { deformationCrossing, deformedHexagon, weightedPentagonLoss } from "./deformation.ts";
import { familyOf, familyPoint } from "./families.ts";
import { flatRegion, isFlat } from "./flat-region.ts";
import { logEvidence } from "./free-energy.ts";
import { kgonPoint } from "./kgon.ts";
import { kgonReport } from "./kgon-report.ts";
import { energyLevels, levelLabel, levelLoss } from "./levels.ts";
import { polynomialRoots } from "./polygon-polynomials.ts";
import { criticalType, expectedSignature, unstablePair } from "./stability.ts";

type Numbers = { readonly [name: string]: number };

const c: Control = { kind: "integer", summary: "features", default: 6, min: 3, max: 64 };
const k: Control = { kind: "integer", summary: "vertices of the polygon", default: 5, min: 3, max: 64 };
const fromFour: Control = { kind: "integer", summary: "vertices of the polygon", default: 5, min: 4, max: 64 };
const sigma: Control = {
  kind: "integer",
  summary: "vestigial features with positive bias 1/(2c)",
  default: 0,
  min: 0,
  max: 61,
};
const phi: Control = { kind: "integer", summary: "dead vertices, only with k = 4", default: 0, min: 0, max: 4 };
const vestigialBias: Control = {
  kind: "number",
  summary: "bias of the other vestigial features",
  default: -0.5,
  min: -100,
  max: 100,
};
const rotation: Control = {
  kind: "number",
  summary: "angle of the first vertex",
  default: 0,
  min: -7,
  max: 7,
  unit: "radians",
};
const family = (summary: string, label: string): Control => ({
  kind: "choice",
  summary,
  default: label,
  choices: ["4", "4+", "4++", "5", "5+", "5++", "6", "6+", "6++", "7", "7+", "8"],
});

/** The closed forms of the toy model of superposition that can be asked for by name. */
export const superpositionTheory: { readonly [name: string]: TheoryEntry } = {
  kgon: {
    summary: "critical regular k-gon: length, bias, loss, curvature and parameters",
    where: "Table A.1 and Appendix E.1",
    inputs: { k, c, sigma, vestigialBias, rotation },
    evaluate: inputs => {
      const placement = inputs as Numbers & Parameters<typeof kgonReport>[0];
      return { ...kgonReport(placement), ...fromFlat(kgonPoint(placement), { c: placement.c, r: 2 }) };
    },
  },

  levels: {
    summary: "all critical values of the population loss for c features in the plane",
    where: "table of loss and coefficient of the families k^{sigma+,phi-}",
    inputs: { c },
    evaluate: inputs => energyLevels((inputs as Numbers).c).map(level => ({ ...level })),
  },

  decay: {
    summary: "columns under weight decay: where they vanish, and their norm and loss below that",
    where: "derived from Lemma 3.1, all outputs answering",
    inputs: {
      c,
      r: { kind: "integer", summary: "hidden dimension, below c", default: 2, min: 1, max: 32 },
      weightDecay: { kind: "number", summary: "half of it times |W|^2 is added", default: 0.2, min: 0, max: 100 },
    },
    evaluate: inputs => {
      const { weightDecay, ...dimensions } = inputs as Numbers & Parameters<typeof smallColumns>[0];
      return { ...smallColumns(dimensions, weightDecay) };
    },
  },

  variant: {
    summary: "one family k^{sigma+,phi-}: level, minimum or saddle, signature, coefficients and parameters",
    where: "table of loss and coefficient of the families k^{sigma+,phi-}",
    inputs: { k: fromFour, c, sigma, phi, vestigialBias },
    evaluate: inputs => {
      const { k, c, sigma, phi, vestigialBias } = inputs as Numbers;
      const { label } = familyOf(c, k + "+".repeat(sigma) + "-".repeat(phi));
      const placed = { c, k, sigma, phi };
      const live = k - phi;
      const type = criticalType(placed);
      const signature = expectedSignature(placed);
      return {
        family: label,
        label: levelLabel(live, sigma),
        live,
        loss: levelLoss({ c, live, sigma }),
        type,
        signature: signature && { ...signature },
        unstable: type === "saddle" && k === 4 ? unstablePair(c).negative : null,
        lambda: { published: learningCoefficient("published", placed), volume: learningCoefficient("volume", placed) },
        ...fromFlat(familyPoint(c, label, vestigialBias), { c, r: 2 }),
      };
    },
  },

  coefficient: {
    summary: "learning coefficient of a family in both tables; for 4-gons also half the ranks of the chambers at c = 4",
    where: "table of loss and coefficient of the families k^{sigma+,phi-}",
    inputs: { k: fromFour, c, sigma, phi },
    evaluate: inputs => {
      const { k, c, sigma, phi } = inputs as Numbers;
      familyOf(c, k + "+".repeat(sigma) + "-".repeat(phi));
      return {
        published: learningCoefficient("published", { c, k, sigma, phi }),
        volume: learningCoefficient("volume", { c, k, sigma, phi }),
        chamberRanks: k === 4 ? chamberRanks(phi) : null,
      };
    },
  },

  "critical-size": {
    summary: "sample size at which the free energies of two phases are equal",
    where: "critical sample sizes: n L + lambda ln n + |w|^2 / 2",
    inputs: {
      c,
      from: family("phase favoured below", "5"),
      to: family("phase favoured above", "6"),
      table: {
        kind: "choice",
        summary: "table of learning coefficients",
        default: "published",
        choices: coefficientTables,
      },
      kappa: {
        kind: "number",
        summary: "weight of the unhalved loss in the log likelihood: 1/2 is unit observation noise",
        default: 1,
        min: 1e-6,
        max: 1e6,
        scale: "log",
      },
    },
    evaluate: ({ c, from, to, table, kappa }) => ({
      ...transitionSize({
        c: c as number,
        from: from as string,
        to: to as string,
        table: table as CoefficientTable,
        kappa: kappa as number,
      }),
    }),
  },

  "free-energy": {
    summary: "log mass of the posterior around the 5-gons and the 6-gons at c = 6, with their multiplicities",
    where: "derived: Laplace's method on exp(-nBeta L) N(w; 0, I)",
    inputs: {
      nBeta: {
        kind: "number",
        summary: "weight of the population loss",
        default: 276,
        min: 50,
        max: 800,
        scale: "log",
      },
    },
    evaluate: inputs => {
      const { pentagon, hexagon } = logEvidence((inputs as Numbers).nBeta);
      return { pentagon, hexagon, difference: hexagon - pentagon };
    },
  },

  "flat-region": {
    summary: "loss when a vestigial feature of a k-gon is moved: exactly flat near the origin",
    where: "derived: W_v . W_j <= -bias and b_v <= -max(|W_v|^2, W_v . W_j)",
    inputs: {
      k,
      c,
      x: { kind: "number", summary: "first component of the vestigial column", default: 0.1, min: -10, max: 10 },
      y: { kind: "number", summary: "second component of the vestigial column", default: 0.05, min: -10, max: 10 },
      vestigialBias,
    },
    evaluate: inputs => {
      const { k, c, x, y, vestigialBias } = inputs as Numbers;
      const moved = { k, c, vestigialColumn: [x, y] as const, vestigialBias };
      return { flat: isFlat(moved), ...flatRegion(moved) };
    },
  },

  polynomials: {
    summary: "roots of the source's polynomial system for the k-gon, and which of them are critical points",
    where: "Appendix E.1",
    inputs: { k: { kind: "integer", summary: "vertices of the polygon", default: 5, min: 5, max: 64 } },
    evaluate: inputs => polynomialRoots((inputs as Numbers).k).map(root => ({ ...root })),
  },

  deformation: {
    summary: "6-gon and 5+ when the squared error of the last of six outputs counts u times, and where they cross",
    where: "derived: c = 6, H_u = H_1 + ... + H_5 + u H_6",
    inputs: {
      u: { kind: "number", summary: "weight of the last output", default: 0.6581978, min: 0.4, max: 2 },
    },
    evaluate: inputs => {
      const { u, w, loss } = deformedHexagon((inputs as Numbers).u);
      return {
        u,
        hexagonLoss: loss,
        pentagonLoss: weightedPentagonLoss(u),
        crossing: { ...deformationCrossing() },
        ...fromFlat(w, { c: 6, r: 2 }),
      };
    },
  },
};
