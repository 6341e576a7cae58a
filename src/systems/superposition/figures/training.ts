import type { Figure } from "../../../charts/exhibits.ts";
import { endsBeside, transitionsBeside } from "../../../exhibits/beside-earlier.ts";
import { lossOverLevels } from "../../../exhibits/loss-over-levels.ts";
import { plateauColumns } from "../../../exhibits/plateau-columns.ts";
import { lossAgainstCoefficient, staircasesFigure } from "../../../exhibits/staircases.ts";
import { censuses, schemes } from "../claims/studies.ts";
import { earlierSchemes, earlierTransitions } from "../earlier-ensembles.ts";
import { LEVEL_TOLERANCE, shapeOf } from "../phases.ts";
import { learningCoefficient } from "../theory/coefficients.ts";
import { byPhase, features, levelsOf, phaseColour, type Scheme } from "./phases.ts";

const coloured = { colourOf: phaseColour, order: byPhase } as const;

/** The losses of all runs over the energy levels, also over all minima with no dead vertex. */
export const losses = (study: Scheme, start: string, ceiling?: number): Figure =>
  lossOverLevels(study, {
    start,
    ...(ceiling !== undefined && { ceiling }),
    colourOf: phaseColour,
    tolerance: LEVEL_TOLERANCE,
    levelText: run => `the closed-form energy levels at c = ${features(run, study)}`,
    levels: run =>
      levelsOf(features(run, study)).map(({ label, loss, phi, kind }) => ({
        label,
        loss,
        always: phi === 0 && kind === "minimum",
      })),
  });

/** Where runs of a scheme end. */
export const ends = (name: keyof typeof earlierSchemes, start: string): Figure =>
  endsBeside(schemes[name], {
    ...coloured,
    title: `Where runs from a ${start} end`,
    what: "at the last epoch",
    earlier: earlierSchemes[name],
  });

export const descents: readonly Figure[] = censuses.map(({ c, study, earlier }) =>
  endsBeside(study, {
    ...coloured,
    title: `Where descent from random starts ends, c = ${c}`,
    what: "reached by descent",
    earlier,
  }),
);

export const transitions = transitionsBeside(schemes.B, {
  ...coloured,
  title: "Transitions between plateaus, from random biases",
  earlier: earlierTransitions,
});

const stairs: Parameters<typeof staircasesFigure>[1] = {
  colourOf: phaseColour,
  levels: run => {
    const c = features(run, schemes.A);
    return levelsOf(c)
      .filter(({ phi }) => phi === 0)
      .map(level => ({ ...level, lambda: learningCoefficient("volume", { ...level, c }) }));
  },
  lambdaText:
    "the learning coefficients of their families as volume exponents, which estimates at this n lie below at the 4-gons",
};

export const staircases = staircasesFigure(schemes.A, stairs);
export const lossLambda = lossAgainstCoefficient(schemes.A, stairs);

export const plateaus = plateauColumns([schemes.A, schemes.B], {
  colourOf: phaseColour,
  // Whether a column is live depends on it and its bias alone.
  isLive: ([x, y], bias) => shapeOf(Float64Array.of(x, y, bias), { c: 1, r: 2 }).live === 1,
});
