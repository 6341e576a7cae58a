// The perceptron 10-200-200-20 of this benchmark as an experiment: normal inputs and targets, minibatches of 45, Adam.
import { model, optimisers, stream } from "landau";

const SAMPLES = 1000;
const STEPS = 300;

const normals = (purpose, width) => {
  const data = new Float64Array(SAMPLES * width);
  stream({ seed: 1, purpose }).normals(data);
  return { shape: [SAMPLES, width], data };
};

export const experiment = {
  model: model((m, { x, y }) => {
    const first = m.tanh(m.linear("first", x, 200));
    const second = m.tanh(m.linear("second", first, 200));
    return m.squaredError(m.linear("last", second, 20), y);
  }),
  data: { x: normals("inputs", 10), y: normals("targets", 20) },
  optimiser: optimisers.adam({ stepSize: 0.001 }),
  batch: 45,
  steps: STEPS,
  // All time is for training.
  checkpoints: [STEPS],
};
