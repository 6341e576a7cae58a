// A quadratic network learns to add modulo 13 from 70 % of the table.
import { model, optimisers, stream, train } from "landau";

const p = 13;
const pairs = Int32Array.from({ length: p * p }, (_, i) => i);
stream({ seed: 1, purpose: "split" }).shuffle(pairs);
const row = i => Math.floor(i / p);
const table = pairs => ({ a: pairs.map(row), b: pairs.map(i => i % p), sum: pairs.map(i => (row(i) + i) % p) });
const [data, test] = [table(pairs.subarray(0, 118)), table(pairs.subarray(118))];

const net = model((m, { a, b, sum }) => {
  const hidden = m.add(m.gather(m.parameter("U", [p, 64]), a), m.gather(m.parameter("V", [p, 64]), b));
  const logits = m.matmul(m.square(hidden), m.parameter("W", [64, p]));
  return { loss: m.squaredError(logits, m.oneHot(sum, p)), accuracy: m.accuracy(logits, sum) };
});
export const experiment = {
  model: net,
  data,
  test,
  optimiser: optimisers.adam({ stepSize: 0.01, weightDecay: 1 }),
  steps: 1500,
};

if (import.meta.filename && globalThis.process?.argv[1] === import.meta.filename)
  console.log("test accuracy", train(experiment).evaluate(test).outputs.accuracy.data[0].toFixed(2));
