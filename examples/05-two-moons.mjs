// A small network tells two interleaved half circles apart.
import { model, optimisers, stream, train } from "landau";

const noise = stream({ seed: 1, purpose: "noise" });
const halfCircle = t => [(2 * t) / (1 + t * t) - 0.5, (1 - t * t) / (1 + t * t) - 0.25];
const label = Int32Array.from({ length: 200 }, (_, i) => i % 2);
const x = Array.from(label, (side, i) => halfCircle(i / 100 - 1).map(v => (side ? -v : v) + 0.1 * noise.normal()));

export const experiment = {
  model: model((m, { x, label }) => {
    const logits = m.linear("output", m.tanh(m.linear("hidden", x, 16)), 2);
    return { loss: m.crossEntropy(logits, label), accuracy: m.accuracy(logits, label) };
  }),
  data: { x, label },
  optimiser: optimisers.adam({ stepSize: 0.02 }),
  steps: 300,
};
if (import.meta.filename && globalThis.process?.argv[1] === import.meta.filename)
  console.log("accuracy", train(experiment).evaluate(experiment.data).outputs.accuracy.data[0].toFixed(3));
