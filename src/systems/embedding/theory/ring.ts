import { effectiveCount, principalComponents } from "../../../numerics/principal-components.ts";
import { rowPowers } from "../../../numerics/row-spectra.ts";
import { correlation } from "../../../numerics/statistics.ts";

/** What embeddings of residues look like. */
export interface Representation {
  /** exp(S), S the entropy of the shares of variance along the principal components [section 4.2]. */
  readonly effectiveDimension: number;
  /** Where the residues lie in the plane of the first two components. */
  readonly plane: readonly (readonly [number, number])[];
  /** The frequency f around the ring of residues that is strongest in that plane, both of its axes of variance 1, and its share of their variance: 1 for an ellipse on which a and a + 1/f are neighbours. */
  readonly frequency: number;
  readonly ringShare: number;
}

/** Of p embeddings (p odd, rows of `width` numbers). */
export const representationOf = (embeddings: ArrayLike<number>, p: number, width: number): Representation => {
  const components = principalComponents(embeddings, p, width);
  const axes = [components.scores(0), components.scores(1)];
  const m = (p - 1) / 2;
  const shares = new Float64Array(m);
  for (const axis of axes) {
    const power = rowPowers(axis, { p, K: 1 });
    const whole = power.reduce((sum, value) => sum + value, 0);
    for (let f = 0; f < m; f++) shares[f] += whole > 0 ? power[f] / whole / 2 : 0;
  }
  const best = shares.reduce((most, share, f) => (share > shares[most] ? f : most), 0);
  return {
    effectiveDimension: effectiveCount(components.squares),
    plane: Array.from(axes[0], (x, a) => [x, axes[1][a]] as const),
    frequency: best + 1,
    ringShare: shares[best],
  };
};

/**
 * Mean correlation, over the first two principal components of `last`, of the rows of `first` with those of `last` along them: how much of the final structure another
 * arrangement of the same residues has [appendix K].
 */
export const likeness = (first: ArrayLike<number>, last: ArrayLike<number>, p: number, width: number): number => {
  const components = principalComponents(last, p, width);
  const along = [0, 1].map(k => {
    const direction = components.direction(k);
    const projected = Float64Array.from({ length: p }, (_, a) =>
      direction.reduce((sum, value, j) => sum + value * first[a * width + j], 0),
    );
    return correlation(projected, components.scores(k));
  });
  return (along[0] + along[1]) / 2;
};
