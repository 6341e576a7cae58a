import type { NamedArrays } from "../../src/contracts/protocol.ts";
import { model } from "../../src/engine/model.ts";
import type { Data } from "../../src/experiments/data.ts";
import { stream } from "../../src/numerics/stream.ts";

/** Values of parameters by name, and of their gradient. */
export type Values = { [name: string]: Float64Array };

/** A model twice: as an array program, and as loops over numbers with the derivatives worked out by hand. */
export interface PlainModel {
  readonly model: ReturnType<typeof model>;
  readonly data: Data;
  readonly samples: number;
  /** Mean loss over some samples; overwrites the gradient. */
  lossAndGradient(w: Values, samples: ArrayLike<number>, gradient: Values): number;
}

export const valuesOf = (arrays: NamedArrays): Values =>
  Object.fromEntries(Object.entries(arrays).map(([name, { data }]) => [name, data.slice()]));

/** y = V tanh(W x + b) + c on two inputs, squared error. */
export const perceptron = (hidden: number, samples: number): PlainModel => {
  const random = stream({ seed: 4, purpose: "perceptron data" });
  const x = Array.from({ length: samples }, () => [random.normal(), random.normal()]);
  const y = x.map(([a, b]) => [Math.sin(2 * a) * b + 0.1 * random.normal()]);
  return {
    model: model((m, { x, y }) => m.squaredError(m.linear("out", m.tanh(m.linear("in", x, hidden)), 1), y)),
    data: { x, y },
    samples,
    lossAndGradient(w, chosen, gradient) {
      for (const name of Object.keys(w)) gradient[name].fill(0);
      const n = chosen.length;
      let loss = 0;
      for (let k = 0; k < n; k++) {
        const [input, [target]] = [x[chosen[k]], y[chosen[k]]];
        const h = Array.from({ length: hidden }, (_, j) =>
          Math.tanh(input[0] * w["in.weight"][j] + input[1] * w["in.weight"][hidden + j] + w["in.bias"][j]),
        );
        const residual = h.reduce((sum, value, j) => sum + value * w["out.weight"][j], w["out.bias"][0]) - target;
        loss += (residual * residual) / n;
        const slope = (2 * residual) / n;
        gradient["out.bias"][0] += slope;
        for (let j = 0; j < hidden; j++) {
          gradient["out.weight"][j] += slope * h[j];
          const back = slope * w["out.weight"][j] * (1 - h[j] * h[j]);
          gradient["in.bias"][j] += back;
          for (let i = 0; i < 2; i++) gradient["in.weight"][i * hidden + j] += back * input[i];
        }
      }
      return loss;
    },
  };
};

/** Which of `classes` follows a token: logits = E[token] U, cross entropy. */
export const bigram = (tokens: number, width: number, classes: number, samples: number): PlainModel => {
  const random = stream({ seed: 5, purpose: "bigram data" });
  const token = Int32Array.from({ length: samples }, () => random.below(tokens));
  const next = token.map(t => (t + (random.uniform() < 0.7 ? 1 : 2)) % classes);
  return {
    model: model((m, { token, next }) => {
      const embedded = m.gather(m.parameter("E", [tokens, width]), token);
      return m.crossEntropy(m.matmul(embedded, m.parameter("U", [width, classes])), next);
    }),
    data: { token, next },
    samples,
    lossAndGradient({ E, U }, chosen, gradient) {
      gradient.E.fill(0);
      gradient.U.fill(0);
      const n = chosen.length;
      let loss = 0;
      for (let k = 0; k < n; k++) {
        const [t, label] = [token[chosen[k]], next[chosen[k]]];
        const logits = Array.from({ length: classes }, (_, c) => {
          let sum = 0;
          for (let i = 0; i < width; i++) sum += E[t * width + i] * U[i * classes + c];
          return sum;
        });
        const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
        loss += (Math.log(total) - logits[label]) / n;
        logits.forEach((logit, c) => {
          const slope = (Math.exp(logit) / total - (c === label ? 1 : 0)) / n;
          for (let i = 0; i < width; i++) {
            gradient.E[t * width + i] += slope * U[i * classes + c];
            gradient.U[i * classes + c] += slope * E[t * width + i];
          }
        });
      }
      return loss;
    },
  };
};
