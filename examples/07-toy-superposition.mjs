// Six features in two dimensions, minibatches: seeds end on different levels of the loss.
import { model, optimisers, stream, trainEnsemble } from "landau";

const random = stream({ seed: 1, purpose: "features" });
const sample = (active, amplitude) => Array.from({ length: 6 }, (_, i) => (i === active ? amplitude : 0));

export const experiment = {
  model: model((m, { x }) => {
    const [W, b] = [m.parameter("W", [2, 6], { normal: 0.5 }), m.parameter("b", [6])];
    return m.squaredError(m.relu(m.add(m.matmul(m.matmul(x, W, { b: true }), W), b)), x);
  }),
  data: { x: Array.from({ length: 1000 }, () => sample(random.below(6), random.uniform())) },
  optimiser: optimisers.gradientDescent({ stepSize: 0.1 }),
  batch: 20,
  steps: 20_000,
};
if (import.meta.filename && globalThis.process?.argv[1] === import.meta.filename)
  for (const { evaluate } of trainEnsemble(experiment, { chains: 8 }))
    console.log(evaluate(experiment.data).loss.toFixed(3));
