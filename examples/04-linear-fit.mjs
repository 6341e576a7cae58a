// A straight line through noisy points.
import { model, optimisers, stream, train } from "landau";

const noise = stream({ seed: 1, purpose: "noise" });
const x = Float64Array.from({ length: 100 }, (_, i) => i / 50 - 1);
const y = x.map(value => 2 * value + 0.5 + 0.1 * noise.normal());

export const experiment = {
  model: model((m, { x, y }) => {
    const line = m.add(m.mul(m.parameter("slope", []), x), m.parameter("shift", []));
    return m.squaredError(line, y);
  }),
  data: { x, y },
  optimiser: optimisers.gradientDescent({ stepSize: 0.1 }),
  steps: 200,
};
if (import.meta.filename && globalThis.process?.argv[1] === import.meta.filename) {
  const { slope, shift } = train(experiment).parameters;
  console.log(`y = ${slope.data[0].toFixed(3)} x + ${shift.data[0].toFixed(3)}`);
}
