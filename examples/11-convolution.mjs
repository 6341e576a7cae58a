// A convolutional network tells upright bars from level ones in noisy pictures, wherever they stand.
import { model, optimisers, stream, train } from "landau";

const size = 8;
const pictures = (count, purpose) => {
  const random = stream({ seed: 1, purpose });
  const isLevel = Int32Array.from({ length: count }, () => random.below(2));
  const values = Array.from(isLevel, level => {
    const place = random.below(size);
    return Array.from(
      { length: size * size },
      (_, i) => Number((level ? Math.floor(i / size) : i % size) === place) + 0.5 * random.normal(),
    );
  });
  return { picture: { shape: [count, size, size, 1], data: Float64Array.from(values.flat()) }, isLevel };
};

const net = model((m, { picture, isLevel }) => {
  const seen = m.convolution("first", picture, 6, { kernel: 3, padding: "same" });
  const rest = m.convolution("second", m.relu(m.batchNorm("standard", seen)), 8, {
    kernel: 3,
    stride: 2,
    padding: "same",
  });
  const logits = m.linear("logits", m.mean(m.relu(rest), [1, 2]), 2);
  return { loss: m.crossEntropy(logits, isLevel), accuracy: m.accuracy(logits, isLevel) };
});

export const experiment = {
  model: net,
  data: pictures(300, "training"),
  test: pictures(200, "test"),
  optimiser: optimisers.adam({ stepSize: 0.01 }),
  batch: 50,
  steps: 120,
};
if (import.meta.filename && globalThis.process?.argv[1] === import.meta.filename)
  console.log(
    "accuracy on new pictures",
    train(experiment).evaluate(experiment.test).outputs.accuracy.data[0].toFixed(3),
  );
