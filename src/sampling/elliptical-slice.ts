import { invalid } from "../errors.ts";
import { cos, log, sin } from "../numerics/elementary.ts";
import { plainSampler } from "./plain-sampler.ts";
import { diverged } from "./point.ts";
import type { ChainState, Sampler } from "./sampler.ts";

/**
 * Elliptical slice sampling, for a Gaussian prior N(c, 1 / precision): with nu from the prior and a level log y = -nBeta L(w) + log u,
 *
 *     w' = c + (w - c) cos theta + nu sin theta,
 *
 * theta from a bracket that shrinks towards 0 until -nBeta L(w') >= log y.  [Murray, Adams, MacKay 2010, figure 2]
 *
 * It has no settings and needs no gradient: an independent check on samplers that have both.
 */
export type EllipticalSliceState = ChainState;

export const ellipticalSlice = (): Sampler<EllipticalSliceState> =>
  plainSampler({
    name: "elliptical-slice",
    settings: {},
    hint: "needs a loss that is Infinity, not NaN, where the density is 0",
    on(target, random, last, source) {
      const { objective, prior, size } = target;
      const { gaussian } = prior;
      if (!gaussian || gaussian.precision === 0)
        throw invalid(
          "the prior of elliptical-slice",
          prior.settings,
          "a Gaussian: localised with gamma > 0, or normal",
        );
      const { precision, centre } = gaussian;
      const priorStd = 1 / Math.sqrt(precision);
      const momenta = random("prior");
      const choices = random("choice");
      const nu = new Float64Array(size);
      const from = new Float64Array(size);
      const lossAt = (w: Float64Array, step: number): number => {
        const loss = objective.loss(w);
        if (Number.isNaN(loss) || loss === -Infinity) throw diverged("the loss", loss, step, source);
        last.evaluations++;
        return loss;
      };
      return state => {
        const { w, step } = state;
        last.evaluations = 0;
        momenta.at(step).normals(nu);
        for (let i = 0; i < size; i++) {
          nu[i] *= priorStd;
          from[i] = w[i] - centre[i];
        }
        // 1 - u is never 0.
        const level = -target.nBeta * state.loss + log(1 - choices.at(step).uniform());
        let theta = TWO_PI * choices.uniform();
        let [low, high] = [theta - TWO_PI, theta];
        for (;;) {
          const [c, s] = [cos(theta), sin(theta)];
          for (let i = 0; i < size; i++) w[i] = centre[i] + c * from[i] + s * nu[i];
          state.loss = lossAt(w, step);
          if (-target.nBeta * state.loss >= level) break;
          // The bracket always holds the point itself; when it holds nothing else that is where the chain stays.
          if (theta < 0) low = theta;
          else high = theta;
          const next = low + (high - low) * choices.uniform();
          if (next === theta || high - low < 1e-15) {
            for (let i = 0; i < size; i++) w[i] = centre[i] + from[i];
            state.loss = lossAt(w, step);
            break;
          }
          theta = next;
        }
        let squares = 0;
        for (let i = 0; i < size; i++) squares += (w[i] - centre[i]) * (w[i] - centre[i]);
        last.energy = target.nBeta * state.loss + 0.5 * precision * squares;
        state.step++;
      };
    },
  });

const TWO_PI = 6.283185307179586;
