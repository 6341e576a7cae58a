import { describe, test } from "vitest";
import { gibbs } from "../../src/sampling/gibbs.ts";
import { deepLinearConditionals } from "../../src/sampling/linear-network-conditionals.ts";
import { nuts } from "../../src/sampling/nuts.ts";
import { normalPrior } from "../../src/sampling/prior.ts";
import { tempering } from "../../src/sampling/tempering.ts";
import { full } from "../support/full.ts";
import { expectAverage, factored, type Params, titled } from "./canonical-averages.ts";

describe("|B A|^2 with a normal prior", () => {
  const prior = ({ inputs, hidden, outputs }: Params) =>
    normalPrior({ priorStd: 1, size: hidden * (inputs + outputs) });

  test.each(titled("rrr"))("$id, t = $t, by blockwise Gibbs", ({ params, ...at }) => {
    const product = new Float64Array(params.outputs * params.inputs);
    const sampler = gibbs({ conditionals: deepLinearConditionals({ product }) });
    expectAverage(sampler, { objective: factored(params), prior: prior(params), ...at }, { draws: 1500, ess: 500 });
  });

  test.each(titled("rrr", ({ id, t }) => (full ? t <= 1e4 : id === "rrr-gauss-2-2-2" && t === 1e3)))(
    "$id, t = $t, by tempering over NUTS",
    ({ params, ...at }) => {
      const sampler = tempering({ local: nuts({ maxDepth: 6 }), rungs: 8 });
      expectAverage(sampler, { objective: factored(params), prior: prior(params), ...at }, { draws: 700, ess: 500 });
    },
  );
});
