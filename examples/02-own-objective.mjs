// Any loss with a gradient can be trained: here (w0 w1 - 1)^2, whose minima form a hyperbola.
import { descend, fullBatch, optimisers, stream } from "landau";

const objective = {
  parameters: [{ name: "w", shape: [2], offset: 0 }],
  size: 2,
  loss: w => (w[0] * w[1] - 1) ** 2,
  lossAndGradient(w, gradient) {
    gradient[0] = 2 * (w[0] * w[1] - 1) * w[1];
    gradient[1] = 2 * (w[0] * w[1] - 1) * w[0];
    return this.loss(w);
  },
};
const w = new Float64Array(2);
stream({ seed: 1, purpose: "start" }).normals(w);
const visit = ({ step }) => console.log(step, w[0].toFixed(4), w[1].toFixed(4), objective.loss(w).toExponential(2));
descend({
  gradients: fullBatch(objective),
  optimiser: optimisers.heavyBall({ stepSize: 0.01, momentum: 0.9 }),
  w,
  checkpoints: [0, 10, 100, 1000],
  visit,
});
