// XOR from many starts: which share of the seeds learns it?
import { heavyBall, model, trainEnsemble } from "landau";

export const experiment = {
  model: model((m, { x, y }) => {
    const hidden = m.tanh(m.linear("hidden", x, 3));
    return m.squaredError(m.linear("output", hidden, 1), y);
  }),
  // biome-ignore format: a truth table reads best as one
  data: { x: [[0, 0], [0, 1], [1, 0], [1, 1]], y: [[0], [1], [1], [0]] },
  optimiser: heavyBall({ rate: 0.1, momentum: 0.9 }),
  steps: 500,
};
if (globalThis.process?.argv[1] === import.meta.filename) {
  const members = trainEnsemble(experiment, { chains: 64 });
  const learned = members.filter(({ loss }) => loss.at(-1) < 0.01);
  console.log(`${learned.length} of ${members.length} seeds learn XOR`);
}
