// A quadratic network learns to add modulo 11 from 70 % of the table.
import { adam, model, stream, train } from "landau";

const p = 11;
const order = Int32Array.from({ length: p * p }, (_, i) => i);
stream({ seed: 1, purpose: "split" }).shuffle(order);
const table = pairs => ({
  a: pairs.map(i => i % p),
  b: pairs.map(i => Math.floor(i / p)),
  sum: pairs.map(i => ((i % p) + Math.floor(i / p)) % p),
});
export const experiment = {
  model: model((m, { a, b, sum }) => {
    const [U, V, W] = ["U", "V", "W"].map((name, i) => m.parameter(name, i < 2 ? [p, 48] : [48, p], { normal: 0.3 }));
    const logits = m.matmul(m.square(m.add(m.gather(U, a), m.gather(V, b))), W);
    return { loss: m.squaredError(logits, m.oneHot(sum, p)), accuracy: m.accuracy(logits, sum) };
  }),
  data: table(order.subarray(0, 85)),
  test: table(order.subarray(85)),
  optimiser: adam({ rate: 0.01, weightDecay: 0.1 }),
  steps: 1500,
};
if (globalThis.process?.argv[1] === import.meta.filename)
  console.log("test accuracy", train(experiment).evaluate(experiment.test).outputs.accuracy.data[0].toFixed(2));
