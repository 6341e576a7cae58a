import { describe, test } from "vitest";
import { erf } from "../../src/numerics/elementary.ts";
import { normalQuantile } from "../../src/numerics/normal-quantile.ts";
import { type Conditional, gibbs } from "../../src/sampling/gibbs.ts";
import { nuts } from "../../src/sampling/nuts.ts";
import { boxed, type Prior } from "../../src/sampling/prior.ts";
import type { Target } from "../../src/sampling/target.ts";
import { tempering } from "../../src/sampling/tempering.ts";
import { crossing, expectAverage, titled } from "./canonical-averages.ts";

const box = (size: number): Prior => boxed({ low: new Array(size).fill(-1), high: new Array(size).fill(1) });

describe("prod w_i^(2 k_i) on a box, by tempering over NUTS with walls that reflect", () => {
  test.each(titled("nc-box", ({ t }) => t <= 1e6))("$id, t = $t", ({ params, ...at }) => {
    const { halfExponents: k } = params;
    expectAverage(
      tempering({ local: nuts({ maxDepth: 5 }) }),
      { objective: crossing(k), prior: box(k.length), ...at },
      { draws: 800, ess: 1000 },
    );
  });
});

describe("prod w_i^2 on a box, by Gibbs with truncated normals as conditionals of one's own", () => {
  /** w_i given the others is normal of precision 2 t prod_j w_j^2, cut to [-1, 1]: by its inverse distribution function. */
  const conditionals = ({ nBeta, size }: Target): Conditional[] =>
    Array.from({ length: size }, (_, i) => ({
      draw(w, random) {
        let precision = 2 * nBeta;
        for (let j = 0; j < size; j++) if (j !== i) precision *= w[j] * w[j];
        const edge = Math.sqrt(precision);
        const u = 2 * random.uniform() - 1;
        const inside = u * erf(edge / Math.SQRT2);
        w[i] = edge < 1e-8 ? u : Math.min(1, Math.max(-1, normalQuantile(0.5 * (1 + inside)) / edge));
      },
    }));
  test.each(titled("nc-box-1-1"))("$id, t = $t", ({ params, ...at }) => {
    const { halfExponents: k } = params;
    expectAverage(
      gibbs({ conditionals }),
      { objective: crossing(k), prior: box(k.length), ...at },
      { draws: 5000, thin: 4, ess: 1000 },
    );
  });
});
