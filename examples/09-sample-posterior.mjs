// The posterior of a loss of one's own: a valley w0 w1 = 1, which NUTS follows, with a report on whether to trust the draws.
import { chainsOf, diagnostics, posterior, priors, sample, samplers } from "landau";

const objective = {
  parameters: [{ name: "w", shape: [2], offset: 0 }],
  size: 2,
  loss: w => (w[0] * w[1] - 1) ** 2,
  lossAndGradient(w, gradient) {
    const residual = 2 * (w[0] * w[1] - 1);
    gradient[0] = residual * w[1];
    gradient[1] = residual * w[0];
    return this.loss(w);
  },
};

// exp(-nBeta L(w) - |w|^2 / 2)
const target = posterior({ objective, nBeta: 20, prior: priors.normal({ priorStd: 1, size: 2 }) });
const samples = sample({
  sampler: samplers.tempering({ local: samplers.nuts({ targetAcceptance: 0.95 }) }),
  target,
  seed: 1,
  draws: 1000,
  burnIn: 500,
  start: (_chain, random) => Float64Array.of(random.normal(), random.normal()),
  keep: {
    names: ["product", "on the left"],
    write(w, out) {
      out[0] = w[0] * w[1];
      out[1] = w[0] < 0 ? 1 : 0;
    },
  },
});

for (const name of samples.names) {
  const { mean, mcseMean, essBulk, rHat, health } = diagnostics.summarise(name, chainsOf(samples, name));
  const shown = [mean, mcseMean, rHat].map(({ value }) => value.toFixed(3));
  console.log(
    `${name}: ${shown[0]} +- ${shown[1]}, ${Math.round(essBulk.value)} effective draws, R-hat ${shown[2]}: ${health.outcome}`,
  );
}
console.log(
  `round trips between prior and posterior: ${samples.reports.map(({ roundTrips }) => roundTrips).join(", ")}`,
);
console.log(samples.health().text);
