import type { Objective } from "../../contracts/objective.ts";
import type { Activation } from "../../numerics/activations.ts";
import type { WeightedData } from "../data/weighted.ts";
import { layoutOf } from "./layout.ts";
import { addPenalty } from "./penalty.ts";

/** L = E (U^T phi(W_D ... phi(W_1 x)) - y)^2 + gamma (|U|^2 + sum_l |W_l|^2) over weighted samples, and its gradient by back-propagation. */
export const nonlinearObjective = (
  { dx, x, y, weight }: WeightedData,
  {
    widths,
    gamma,
    activation,
  }: { readonly widths: readonly number[]; readonly gamma: number; readonly activation: Activation },
): Objective => {
  const layout = layoutOf(dx, widths);
  const { sizes, offsets, size, parameters } = layout;
  const D = widths.length;
  const decays = { gammaU: gamma, gammaW: widths.map(() => gamma) };
  const { value, slope } = activation;
  const states = sizes.map(d => new Float64Array(d));
  const slopes = sizes.map(d => new Float64Array(d));
  const pulls = sizes.map(d => new Float64Array(d));
  const scratch = new Float64Array(size);

  const lossAndGradient = (w: Float64Array, gradient: Float64Array): number => {
    gradient.fill(0);
    let loss = 0;
    for (let s = 0; s < y.length; s++) {
      for (let i = 0; i < dx; i++) states[0][i] = x[s * dx + i];
      for (let l = 1; l <= D; l++) {
        const [below, above] = [states[l - 1], states[l]];
        let at = offsets[l - 1];
        for (let i = 0; i < above.length; i++) {
          let sum = 0;
          for (let j = 0; j < below.length; j++) sum += w[at++] * below[j];
          above[i] = value(sum);
          slopes[l][i] = slope(sum);
        }
      }
      const top = states[D];
      let f = 0;
      for (let i = 0; i < top.length; i++) f += w[offsets[D] + i] * top[i];
      const error = f - y[s];
      loss += weight[s] * error * error;
      const pull = 2 * weight[s] * error;
      for (let i = 0; i < top.length; i++) {
        gradient[offsets[D] + i] += pull * top[i];
        pulls[D][i] = pull * w[offsets[D] + i];
      }
      for (let l = D; l >= 1; l--) {
        const [below, down, here] = [states[l - 1], pulls[l - 1], pulls[l]];
        down.fill(0);
        let at = offsets[l - 1];
        for (let i = 0; i < here.length; i++) {
          const factor = here[i] * slopes[l][i];
          for (let j = 0; j < below.length; j++, at++) {
            gradient[at] += factor * below[j];
            down[j] += factor * w[at];
          }
        }
      }
    }
    return loss + addPenalty(layout, decays, w, gradient);
  };

  return { parameters, size, loss: w => lossAndGradient(w, scratch), lossAndGradient };
};
