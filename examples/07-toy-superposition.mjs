// Six features in two dimensions, trained with minibatches.
import { gradientDescent, model, stream, train } from "landau";

const random = stream({ seed: 1, purpose: "features" });
const sample = () => {
  const [active, amplitude] = [random.below(6), random.uniform()];
  return Array.from({ length: 6 }, (_, i) => (i === active ? amplitude : 0));
};
export const experiment = {
  model: model((m, { x }) => {
    const [W, b] = [m.parameter("W", [2, 6], { normal: 0.5 }), m.parameter("b", [6])];
    return m.squaredError(m.relu(m.add(m.matmul(m.matmul(x, W, { b: true }), W), b)), x);
  }),
  data: { x: Array.from({ length: 1000 }, sample) },
  optimiser: gradientDescent({ rate: 0.05 }),
  batch: 20,
  steps: 20_000,
};
if (globalThis.process?.argv[1] === import.meta.filename)
  console.log("loss", train(experiment).evaluate(experiment.data).loss.toFixed(3));
