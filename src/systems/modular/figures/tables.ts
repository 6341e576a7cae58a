import type { Table } from "../../../charts/exhibits.ts";
import { coefficientTable, columns } from "../../../exhibits/coefficient-table.ts";
import { milestonesTable } from "../../../exhibits/milestones-table.ts";
import { lambdasOf } from "../claims/coefficients.ts";
import { negativeControls, points, S0, S1, S2, S2c, S3, S4, S5, S6 } from "../claims/studies.ts";
import { closedForms, deadNeuronIncrement, ranks } from "../theory/closed-forms.ts";

const one = (value: number | null): string => (value === null ? "–" : String(value));

const narrow = ranks.narrow(5) / 2;

const basins = [
  [points.narrowLangevin, "width 2p - 1, Langevin, nBeta 1e4", `${narrow}`],
  [points.narrow, "width 2p - 1, Hamiltonian, nBeta 1e5", `${narrow}`],
  [points.narrowDead, "width 2p - 1 and a dead neuron, nBeta 1e5", `${narrow + deadNeuronIncrement(5)}`],
  [points.teacher, "teacher of 4 neurons, nBeta 1e4", "26 (published: 28)"],
  [points.teacherCold, "teacher of 4 neurons, nBeta 1e5", "26 (published: 28)"],
  [points.memorised, "memorised, 12 pairs, nBeta 1e5", "p N / 2 = 30"],
  [points.sixPhase, "six phases, nBeta 1e4", `${ranks.sixPhasesConstant(5) / 2} to 62.5`],
  [points.waves, "waves of many phases, nBeta 1e4", `${ranks.waves(5) / 2} to 62.5`],
] as const;

/** Coefficients of the basins of p = 5, exact against measured. */
export const basinTable = coefficientTable({
  name: "basins",
  title: "Basins of p = 5: exact coefficients against measured",
  needs: [points.narrow.has("final")],
  caption: () =>
    "Exact: half the rank where the zero set is a smooth manifold, and the range from half the rank to half the number of residuals where it is " +
    "not. Measured: nBeta (E[L] - L*) around the point, mean over chains; standard errors over chains. At finite nBeta it is not yet the limit.",
  points: basins.map(([study, label, exact]) => ({ label, exact, measured: run => lambdasOf(run, study) })),
});

/** Recipes with the milestones that are stated. */
const recipeRows = [
  [S0, "S0: p = 13, AdamW, decay 0.5", "900 / 845 / 1120"],
  [S1, "S1: p = 23, AdamW, decay 1", "690 / 520 / 720"],
  [S2, "S2: p = 23, AdamW, decay 0.3", "2770 / 2400 / 2960"],
  [S2c, "S2c: S2 with centred loss", "6000"],
  [S3, "S3: p = 47, AdamW, decay 0.5", "640 / 640"],
  [S4, "S4: p = 23, Adam, coupled decay", "3960"],
  [S5, "S5: p = 23, momentum, coupled decay", "10900"],
  [S6, "S6: p = 23, AdamW, no decay", "never"],
  [negativeControls[0], "a² + ab + b²", "never"],
  [negativeControls[1], "a³ + ab² + b", "never"],
] as const;

export const recipeTable = milestonesTable({
  name: "recipes",
  title: "Recipes: when they memorise and when they generalise",
  needs: [S1.has("final")],
  caption: () =>
    "First evaluated step with that accuracy, seed by seed. Stated: the same recipe in an independent implementation. Severity: the mean gap between training and " +
    "test accuracy over the evaluations of runs that generalise, so that it depends on their length.",
  recipes: recipeRows.map(([study, label, stated]) => ({ study, label, stated })),
});

/** The published formula beside the corrected one. */
export const formulaTable: Table = {
  name: "published-and-corrected",
  title: "Coefficients in closed form: published and for one-hot pairs",
  needs: [],
  columns: columns(
    "p, K, N",
    "published K(3p-1)/2",
    "one-hot, whole table",
    "one-hot, training set",
    "lazy, published",
    "lazy, one-hot",
    "wave floor",
    "width 2p-1",
  ),
  caption: () =>
    "Published: the source's formulas, 1/2 min(K(3p-1), p²(2p+1)) and the bracket of the lazy regime. One-hot: for inputs with exactly one 1 in each half each neuron has " +
    "3p-2 directions, capped by the residuals. Wave floor: half the rank of the saturated Fourier basin on the training set.",
  rows: () =>
    [
      [5, 4, 12],
      [13, 64, 118],
      [23, 128, 264],
      [53, 1024, 1123],
    ].map(([p, K, N]) => {
      const c = closedForms({ p, K, N });
      return [
        `${p}, ${K}, ${N}`,
        one(c.published_generic),
        one(c.onehot_generic_full),
        one(c.onehot_generic_train),
        c.published_lazy_low === null ? "–" : `${c.published_lazy_low} to ${c.published_lazy_high}`,
        one(c.lazy_train),
        one(c.fourier_saturated_floor_train_max),
        one(c.wF_exact_at_K_2p_minus_1),
      ];
    }),
};
