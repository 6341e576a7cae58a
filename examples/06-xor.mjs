// XOR with two hidden units from many starts: some seeds stay at a loss of 1/8.
import { model, optimisers, trainEnsemble } from "landau";

export const experiment = {
  model: model((m, { x, y }) => {
    const hidden = m.tanh(m.linear("hidden", x, 2));
    return m.squaredError(m.linear("output", hidden, 1), y);
  }),
  // biome-ignore format: a truth table reads best as one
  data: { x: [[0, 0], [0, 1], [1, 0], [1, 1]], y: [[0], [1], [1], [0]] },
  optimiser: optimisers.heavyBall({ stepSize: 0.05, momentum: 0.9 }),
  steps: 1000,
};
if (import.meta.filename && globalThis.process?.argv[1] === import.meta.filename) {
  const losses = trainEnsemble(experiment, { chains: 64 }).map(({ loss }) => loss.at(-1));
  const [learned, stuck] = [losses.filter(loss => loss < 0.01), losses.filter(loss => loss > 0.12)];
  console.log(`${learned.length} of 64 seeds learn XOR, ${stuck.length} are stuck at ${stuck[0].toFixed(3)}`);
}
