import { exp, tanh } from "../../../src/numerics/elementary.ts";
import { stream } from "../../../src/numerics/stream.ts";

const WIDTH = 16;
const STEPS = 150;
const EXAMPLES = 16;

/**
 * The boundary of trainability of one hidden layer of 16 tanh units [arXiv 2402.06184]: y = v tanh(W x), trained on one example by gradient descent with a rate for each layer. Weights and
 * data are standard normal, W over the root of its width as in the source's mean-field scaling; whether the loss stays finite and ends below its start.
 */
export const trainability = (seed: number) => {
  const random = stream({ seed, purpose: "trainability" });
  const drawn = (size: number) => Float64Array.from({ length: size }, () => random.normal());
  const [W, v, inputs, targets] = [drawn(WIDTH * WIDTH), drawn(WIDTH), drawn(EXAMPLES * WIDTH), drawn(EXAMPLES)];
  const scale = 1 / Math.sqrt(WIDTH);
  return (logRateW: number, logRateV: number): "trains" | "diverges" => {
    const [rateW, rateV] = [exp(logRateW), exp(logRateV)];
    const [w, u] = [W.slice(), v.slice()];
    const hidden = new Float64Array(WIDTH);
    const [slopeW, slopeV] = [new Float64Array(WIDTH * WIDTH), new Float64Array(WIDTH)];
    let first = 0;
    let sum = 0;
    for (let step = 0; step < STEPS; step++) {
      slopeW.fill(0);
      slopeV.fill(0);
      let loss = 0;
      for (let each = 0; each < EXAMPLES; each++) {
        let out = 0;
        for (let i = 0; i < WIDTH; i++) {
          let z = 0;
          for (let j = 0; j < WIDTH; j++) z += w[i * WIDTH + j] * inputs[each * WIDTH + j];
          hidden[i] = tanh(z * scale);
          out += u[i] * hidden[i];
        }
        const rest = out * scale - targets[each];
        loss += (rest * rest) / EXAMPLES;
        const back = (2 * rest * scale) / EXAMPLES;
        for (let i = 0; i < WIDTH; i++) {
          slopeV[i] += back * hidden[i];
          const through = back * u[i] * (1 - hidden[i] * hidden[i]) * scale;
          for (let j = 0; j < WIDTH; j++) slopeW[i * WIDTH + j] += through * inputs[each * WIDTH + j];
        }
      }
      if (!(loss < 1e12)) return "diverges";
      if (step === 0) first = loss;
      if (step >= STEPS - 20) sum += loss / 20;
      for (let i = 0; i < w.length; i++) w[i] -= rateW * slopeW[i];
      for (let i = 0; i < WIDTH; i++) u[i] -= rateV * slopeV[i];
    }
    return sum < first ? "trains" : "diverges";
  };
};
