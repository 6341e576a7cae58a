import { criticalSize } from "../../../coefficient/critical-size.ts";
import { choice, type Fields, integer, number, readField } from "../../../contracts/field.ts";
import { theory } from "../../../contracts/system.ts";
import { invalid } from "../../../errors.ts";
import { fromFlat } from "../model/layout.ts";
import { chamberRanks } from "./chambers.ts";
import { coefficientTables, learningCoefficient } from "./coefficients.ts";
import { transitionSize } from "./critical-size.ts";
import { smallColumns } from "./decay.ts";
import { deformationCrossing, deformedHexagon, weightedPentagonLoss } from "./deformation.ts";
import { familyAt, familyPoint } from "./families.ts";
import { flatRegion, isFlat } from "./flat-region.ts";
import { logEvidence } from "./free-energy.ts";
import { kgonPoint } from "./kgon.ts";
import { kgonReport } from "./kgon-report.ts";
import { energyLevels, levelLabel, levelLoss } from "./levels.ts";
import { polynomialRoots } from "./polygon-polynomials.ts";
import { criticalType, expectedSignature, unstablePair } from "./stability.ts";
import { stateTheory } from "./states.ts";

/** Features and vertices beyond this are refused: matrices of (3 c)^2 entries are made of them. */
const MOST = 1000;

const shared = {
  c: integer("features", { default: 6, min: 3, max: MOST }),
  k: integer("vertices of the polygon", { default: 5, min: 3, max: MOST }),
  sigma: integer("vestigial features with positive bias 1/(2c)", { default: 0, min: 0 }),
  phi: integer("dead vertices, only with k = 4", { default: 0, min: 0, max: 4 }),
  vestigialBias: number("bias of the other vestigial features", { default: -0.5 }),
  rotation: number("angle of the first vertex", { default: 0, unit: "radians" }),
  kappa: number("weight of the unhalved loss in the log likelihood: 1/2 is unit observation noise", {
    default: 1,
    above: 0,
    scale: "log",
  }),
} as const satisfies Fields;
const { c, k, sigma, phi, vestigialBias, rotation, kappa } = shared;
const placed = { k: { ...k, min: 4 }, c, sigma, phi } as const;

const family = (summary: string, label: string) =>
  choice(summary, ["4", "4+", "4++", "5", "5+", "5++", "6", "6+", "6++", "7", "7+", "8"], { default: label });

const column = {
  kind: "list",
  of: number("component"),
  length: 2,
  summary: "W_v, in place of x and y",
} as const;

const FAMILIES = "table of loss and coefficient of the families k^{sigma+,phi-}";

/** The closed forms of the toy model of superposition, for those who ask by name and for test vectors. */
export const superpositionTheory = {
  kgon: theory({
    summary: "critical regular k-gon: length, bias, loss, curvature and parameters",
    where: "Table A.1 and Appendix E.1",
    inputs: { k, c, sigma, vestigialBias, rotation },
    evaluate: placement => ({ ...kgonReport(placement), ...fromFlat(kgonPoint(placement), { c: placement.c, r: 2 }) }),
  }),

  levels: theory({
    summary:
      "critical values of the population loss on the families k^{sigma+,phi-} up to the 12-gon; points without their symmetry can have others",
    where: FAMILIES,
    inputs: { c },
    answers: [],
    evaluate: ({ c }) => energyLevels(c),
  }),

  "polygon-levels": theory({
    summary: "the critical values by polygons of at least 4 vertices: label k, sigma, phi and loss",
    where: FAMILIES,
    inputs: { c },
    answers: ["levels"],
    evaluate: ({ c }) => ({
      levels: energyLevels(c)
        .filter(({ k }) => k >= 4)
        .map(({ k, sigma, phi, loss }) => ({ label: String(k), sigma, phi, loss })),
    }),
  }),

  decay: theory({
    summary: "columns under weight decay: where they vanish, and their norm and loss below that",
    where:
      "derived from Lemma 3.1, all outputs answering: for a decay of at least (1 - 1/c) 4/(3c), or 2/(3c) at r = c - 1",
    inputs: {
      c: { ...c, min: 2 },
      r: integer("hidden dimension, below c", { default: 2, min: 1 }),
      weightDecay: number("half of it times |W|^2 is added", { default: 0.2, min: 0 }),
    },
    evaluate: ({ weightDecay, ...dimensions }) => {
      const columns = smallColumns(dimensions, weightDecay);
      if (weightDecay < columns.least)
        throw invalid(
          "weightDecay",
          weightDecay,
          `at least ${columns.least}: below, columns silence each other's outputs`,
        );
      return columns;
    },
  }),

  variant: theory({
    summary: "one family k^{sigma+,phi-}: level, minimum or saddle, signature, coefficients and parameters",
    where: FAMILIES,
    inputs: { ...placed, vestigialBias },
    answers: [],
    evaluate: ({ vestigialBias, ...placed }) => {
      const { c, k, sigma, phi } = placed;
      const { label } = familyAt(placed);
      const live = k - phi;
      const type = criticalType(placed);
      return {
        family: label,
        label: levelLabel(live, sigma),
        live,
        loss: levelLoss({ c, live, sigma }),
        type,
        signature: expectedSignature(placed),
        unstable: k === 4 && sigma >= 1 && phi >= 1 ? unstablePair(c).negative : null,
        lambda: { published: learningCoefficient("published", placed), volume: learningCoefficient("volume", placed) },
        ...fromFlat(familyPoint(c, label, vestigialBias), { c, r: 2 }),
      };
    },
  }),

  coefficient: theory({
    summary: "learning coefficient of a family in both tables; for 4-gons also half the ranks of the chambers at c = 4",
    where: FAMILIES,
    inputs: placed,
    evaluate: placed => {
      const { k, phi } = familyAt(placed);
      return {
        published: learningCoefficient("published", placed),
        volume: learningCoefficient("volume", placed),
        chamberRanks: k === 4 ? chamberRanks(phi) : null,
      };
    },
  }),

  "critical-size": theory({
    summary: "sample size at which the free energies of two phases are equal",
    where: "critical sample sizes: n L + lambda ln n + |w|^2 / 2",
    inputs: {
      c,
      from: family("phase favoured below", "5"),
      to: family("phase favoured above", "6"),
      table: choice("table of learning coefficients", coefficientTables, { default: "published" }),
      kappa,
    },
    answers: [],
    evaluate: transitionSize,
  }),

  "free-energy-crossing": theory({
    summary: "largest sample size with kappa n deltaL + (lambdaTo - lambdaFrom) ln n + deltaC = 0",
    where: "critical sample sizes: n L + lambda ln n + |w|^2 / 2",
    inputs: {
      deltaL: number("loss of the phase favoured above less that of the one below", { default: -0.02 }),
      lambdaFrom: number("learning coefficient of the phase favoured below", { default: 7 }),
      lambdaTo: number("learning coefficient of the phase favoured above", { default: 8.5 }),
      deltaC: number("difference of -log prior density at the two critical points", { default: 0 }),
      kappa,
    },
    answers: ["critical-size"],
    evaluate: ({ deltaL, lambdaFrom, lambdaTo, deltaC, kappa }) => ({
      n: criticalSize({ deltaL, deltaLambda: lambdaTo - lambdaFrom, deltaC, kappa }),
    }),
  }),

  "free-energy": theory({
    summary: "log mass of the posterior around the 5-gons and the 6-gons at c = 6, with their multiplicities",
    where: "derived: Laplace's method on exp(-nBeta L) N(w; 0, I)",
    inputs: {
      nBeta: number("weight of the population loss", { default: 276, min: 50, max: 800, scale: "log" }),
    },
    evaluate: ({ nBeta }) => {
      const { pentagon, hexagon } = logEvidence(nBeta);
      return { pentagon, hexagon, difference: hexagon - pentagon };
    },
  }),

  "flat-region": theory({
    summary: "loss when a vestigial feature of a k-gon is moved: exactly flat near the origin",
    where: "derived: W_v . W_j <= -bias and b_v <= -max(|W_v|^2, W_v . W_j)",
    inputs: {
      k,
      c,
      x: number("first component of the vestigial column", { default: 0.1, optional: true }),
      y: number("second component of the vestigial column", { default: 0.05, optional: true }),
      vestigialColumn: { ...column, optional: true },
      vestigialBias: { ...vestigialBias, summary: "bias of the moved feature" },
    },
    evaluate: ({ k, c, x, y, vestigialColumn, vestigialBias }) => {
      const given = x === undefined || y === undefined ? undefined : [x, y];
      const [first, second] = vestigialColumn ?? readField(column, given, "vestigialColumn");
      const moved = { k, c, vestigialColumn: [first, second] as const, vestigialBias };
      return { flat: isFlat(moved), ...flatRegion(moved) };
    },
  }),

  polynomials: theory({
    summary: "roots of the source's polynomial system for the k-gon, and which of them are critical points",
    where: "Appendix E.1",
    inputs: { k: { ...k, min: 5 } },
    evaluate: ({ k }) => polynomialRoots(k),
  }),

  deformation: theory({
    summary: "6-gon and 5+ when the squared error of the last of six outputs counts u times, and where they cross",
    where: "derived: c = 6, H_u = H_1 + ... + H_5 + u H_6",
    inputs: {
      u: number("weight of the last output", { default: 0.6581978, min: 0.4, max: 2 }),
    },
    evaluate: ({ u }) => {
      const { w, loss } = deformedHexagon(u);
      return {
        u,
        hexagonLoss: loss,
        pentagonLoss: weightedPentagonLoss(u),
        crossing: deformationCrossing(),
        ...fromFlat(w, { c: 6, r: 2 }),
      };
    },
  }),

  ...stateTheory,
};
