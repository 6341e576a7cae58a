import { symmetricEigenvalues } from "../../../numerics/linear-algebra.ts";
import { addToRowSpace, isInRowSpace, type RowSpace, rowSpace } from "../../../numerics/modular-row-space.ts";
import { allPairs, allParallelograms, linkedPairs, type Parallelogram, rowOf, shares } from "./pairs.ts";

/** The parallelograms of which both pairs are marked: P0(D). */
export const within = (links: readonly Parallelogram[], marked: Uint8Array): readonly Parallelogram[] =>
  links.filter(([first, second]) => marked[first] === 1 && marked[second] === 1);

/** The rows E_i + E_j - E_m - E_n of parallelograms. */
export const rowsOf = (p: number, links: readonly Parallelogram[]): readonly Int32Array[] => {
  const pairs = allPairs(p);
  return links.map(([first, second]) => rowOf(p, pairs[first], pairs[second]));
};

/** A^T A of the rows, p x p, row-major. */
export const gramOf = (p: number, rows: readonly Int32Array[]): Float64Array => {
  const gram = new Float64Array(p * p);
  for (const row of rows) for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) gram[i * p + j] += row[i] * row[j];
  return gram;
};

/** The row space of A(D). */
export const spaceOf = (p: number, trained: Uint8Array): RowSpace => {
  const space = rowSpace(p);
  for (const row of rowsOf(p, within(allParallelograms(p), trained))) addToRowSpace(space, row);
  return space;
};

/** The permissible parallelograms whose rows lie in the row space of A(D): P(D). */
export const impliedParallelograms = (p: number, trained: Uint8Array): readonly Parallelogram[] => {
  const all = allParallelograms(p);
  const rows = rowsOf(p, all);
  const space = spaceOf(p, trained);
  return all.filter((_, k) => isInRowSpace(space, rows[k]));
};

/** How l_0 is counted: `mean` over the parallelograms, as the source writes it, or their `sum`, as its code does. */
export const normalisations = ["mean", "sum"] as const;
export type Normalisation = (typeof normalisations)[number];

/** The factor of A^T A in H = (1 / Z0) d^2 l_0 / dE dE, Z0 held constant. */
export const curvatureScale = (normalisation: Normalisation, count: number, Z0: number): number => {
  if (count === 0) return 0;
  return 2 / (Z0 * (normalisation === "mean" ? count : 1));
};

/**
 * What the training pairs alone say of the representation [section 3.1 and 3.2, appendix E]: rank of A(D) and nullity n0, implied
 * parallelograms, ideal accuracy, and the spectrum of H.
 */
export const trainingSet = (p: number, trained: Uint8Array, Z0: number, normalisation: Normalisation = "mean") => {
  const all = allParallelograms(p);
  const own = within(all, trained);
  const space = spaceOf(p, trained);
  const n0 = p - space.rank;
  const implied = impliedParallelograms(p, trained);
  const ideal = linkedPairs(trained, implied);
  const { all: idealAccuracy, test } = shares(trained, ideal);
  const scale = curvatureScale(normalisation, own.length, Z0);
  const eigenvalues = symmetricEigenvalues(
    gramOf(p, rowsOf(p, own)).map(entry => scale * entry),
    p,
  );
  return {
    parallelograms: own.length,
    rank: space.rank,
    n0,
    implied: implied.length,
    impliedTestPairs: allPairs(p).filter((_, place) => ideal[place] === 1 && trained[place] === 0),
    idealAccuracy,
    idealTestAccuracy: test,
    eigenvalues,
    // What is not 0 without a unique representation is rounding.
    lambda3: n0 === 2 ? eigenvalues[2] : 0,
  };
};

/** Predicted steps until the representation is there: 1 / (lambda_3 eta); null where it never is. */
export const predictedSteps = (lambda3: number, rate: number): number | null =>
  lambda3 > 0 ? 1 / (lambda3 * rate) : null;
