// A network of one's own, with gates, beside the effective theory of two points.
import { model, optimisers } from "landau";
import { compareWithEffectiveTheory } from "landau/systems/alignment";

export const experiment = {
  model: model((m, { x, y }) => {
    let state = m.mul(0.1, m.linear("input", x, 40));
    const layers = [];
    for (let i = 0; i < 4; i++) {
      const gate = m.sigmoid(m.linear(`gate ${i}`, state, 40));
      state = m.mul(gate, m.mul(1.6, m.tanh(m.linear(`layer ${i}`, state, 40))));
      layers.push(state);
    }
    const outputs = m.linear("output", state, 1);
    return { loss: m.mul(0.5, m.squaredError(outputs, y)), representation: layers[2], outputs };
  }),
  data: { x: [[-1], [0]], y: [[0.6], [1.3]] },
  optimiser: optimisers.gradientDescent({ stepSize: 0.05 }),
  steps: 3000,
};
if (import.meta.filename && globalThis.process?.argv[1] === import.meta.filename) {
  const { verdict, rates, checks } = compareWithEffectiveTheory(experiment, { chains: 4 });
  console.log(verdict, rates.etaH.value.toFixed(3), checks.map(({ outcome }) => outcome).join(" "));
}
