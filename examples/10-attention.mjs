// A small causal transformer completes a row: after two numbers from 0 to 6 comes their sum modulo 7.
import { model, optimisers, train } from "landau";

const [p, width] = [7, 16];
const rows = Array.from({ length: p * p }, (_, i) => [Math.floor(i / p), i % p]);
const data = {
  // Indices lie in an Int32Array; every row of a sample takes its place after the last.
  row: { shape: [p * p, 2], data: Int32Array.from(rows.flat()) },
  next: Int32Array.from(rows, ([a, b]) => (a + b) % p),
};

const transformer = model((m, { row, next }) => {
  const positions = m.parameter("positions", [2, width], { normal: 0.1 });
  let state = m.add(m.gather(m.parameter("embeddings", [p, width], { normal: 1 }), row), positions);
  state = m.add(
    state,
    m.selfAttention("attention", m.layerNorm("before attention", state), { heads: 2, causal: true }),
  );
  const hidden = m.gelu(m.linear("hidden", m.layerNorm("before hidden", state), 4 * width));
  state = m.layerNorm("last", m.add(state, m.linear("output", hidden, width)));
  const logits = m.linear(
    "logits",
    m.reshape(m.slice(state, [0, 1, 0], [row.shape[0], 1, width]), [row.shape[0], width]),
    p,
  );
  return { loss: m.crossEntropy(logits, next), accuracy: m.accuracy(logits, next) };
});

export const experiment = { model: transformer, data, optimiser: optimisers.adam({ stepSize: 0.01 }), steps: 150 };
if (import.meta.filename && globalThis.process?.argv[1] === import.meta.filename)
  console.log("accuracy", train(experiment).evaluate(data).outputs.accuracy.data[0].toFixed(3));
