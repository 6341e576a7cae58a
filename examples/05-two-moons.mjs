// A small network tells two interleaved half circles apart.
import { adam, model, stream, train } from "landau";

const noise = stream({ seed: 1, purpose: "noise" });
const halfCircle = t => [(2 * t) / (1 + t * t), (1 - t * t) / (1 + t * t)];
const moon = (t, side) => halfCircle(t).map((v, axis) => side * (v - (axis === 0 ? 0.5 : 0.25)));
const x = Array.from({ length: 200 }, (_, i) =>
  moon((i - 100) / 100, i % 2 ? -1 : 1).map(v => v + 0.1 * noise.normal()),
);

export const experiment = {
  model: model((m, { x, label }) => {
    const hidden = m.tanh(m.linear("hidden", x, 16));
    const logits = m.linear("output", hidden, 2);
    return { loss: m.crossEntropy(logits, label), accuracy: m.accuracy(logits, label) };
  }),
  data: { x, label: Int32Array.from(x, (_, i) => i % 2) },
  optimiser: adam({ rate: 0.02 }),
  steps: 300,
};
if (globalThis.process?.argv[1] === import.meta.filename)
  console.log("accuracy", train(experiment).evaluate(experiment.data).outputs.accuracy.data[0].toFixed(3));
