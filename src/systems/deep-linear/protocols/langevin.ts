import { choice, integer, number } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { stream } from "../../../numerics/stream.ts";
import { networkControls, sharedControls } from "../controls.ts";
import { balancedForce } from "../theory/landau.ts";

const ROOT_HALF = Math.SQRT1_2;

/** Draws between two states that could be saved. */
const SLICE = 64;

/** Steps whose random numbers are drawn together. */
const AT_ONCE = 500;

/**
 * Langevin dynamics at finite temperature, theta <- theta - e grad L + sqrt(2 e / n) xi, which samples exp(-n L) up to the step size. The inverse
 * temperature n = nBeta plays the part of the size. `plane`: the narrowest network at D = 1, L = (u w)^2 kappa - 2 N u w + gamma (u^2 + w^2), order
 * parameter p = (u + w)/sqrt 2. `scalar`: the balanced norm s at any depth, with L'(s) as the force.
 */
export const langevinProtocol = protocol<{
  samples: { control: number; size: number; samples: readonly number[] };
  final: { control: number; size: number; mean: number };
}>()({
  name: "langevin",
  summary: "Langevin dynamics at an inverse temperature, the size of a finite system",
  settings: {
    form: choice("what moves", ["plane", "scalar"]),
    D: { ...networkControls.D, default: 1, min: 1 },
    weightDecay: { ...networkControls.weightDecay, default: 1 },
    strength: networkControls.strength,
    kappa: number("variance of the inputs times the noise factor", { default: 1, min: 1e-6, max: 1e6, scale: "log" }),
    nBeta: number("inverse temperature", { default: 100, min: 1e-3, max: 1e9, scale: "log", formerly: ["n"] }),
    stepSize: { ...sharedControls.stepSize, default: 0.02 },
    start: number("starting norm of each layer", { default: 0, min: -10, max: 10 }),
    burnIn: integer("steps that are dropped", { default: 2000, min: 0, max: 100_000_000 }),
    draws: integer("draws that are kept", { default: 400, min: 1, max: 1_000_000 }),
    every: integer("steps between draws", { default: 50, min: 1, max: 1_000_000 }),
  },
  small: { burnIn: 20, draws: 130, every: 3 },

  run({ settings, seed, chain }, context) {
    const { form, D, weightDecay: gamma, strength, kappa, nBeta, stepSize, start, burnIn, draws, every } = settings;
    const plane = form === "plane";
    const problem = { D, N: strength, kappa };
    const noise = Math.sqrt((2 * stepSize) / nBeta);
    const random = stream({ seed, chain, purpose: "langevin" });
    let [u, w] = [start, start];
    const normalsPerStep = plane ? 2 : 1;
    const normals = new Float64Array(normalsPerStep * AT_ONCE);
    const advance = (steps: number): void => {
      for (let made = 0; made < steps; made += AT_ONCE) {
        const own = normals.subarray(0, normalsPerStep * Math.min(AT_ONCE, steps - made));
        random.normals(own);
        for (let i = 0; i < own.length; i += normalsPerStep) {
          if (plane) {
            const slope = 2 * (kappa * u * w - strength);
            const [du, dw] = [slope * w + 2 * gamma * u, slope * u + 2 * gamma * w];
            u += noise * own[i] - stepSize * du;
            w += noise * own[i + 1] - stepSize * dw;
          } else u += noise * own[i] - stepSize * 2 * (D + 1) * balancedForce(problem, gamma, u);
        }
      }
    };
    const { saved } = context;
    const samples = saved ? [...(saved.samples as Float64Array)] : [];
    if (saved) {
      [u, w] = [saved.u as number, saved.w as number];
      const drawn = (burnIn + samples.length * every) * normalsPerStep;
      random.at(0, Math.floor(drawn / 2));
      if (drawn % 2 === 1) random.normal();
    } else advance(burnIn);
    while (samples.length < draws) {
      advance(every);
      samples.push(plane ? (u + w) * ROOT_HALF : u);
      if (samples.length % SLICE !== 0) continue;
      context.save(() => ({ u, w, samples: Float64Array.from(samples) }));
      context.progress(samples.length / draws);
    }
    context.record("samples", { control: gamma, size: nBeta, samples });
    const mean = samples.reduce((sum, sample) => sum + Math.abs(sample), 0) / draws;
    context.record("final", { control: gamma, size: nBeta, mean });
    context.progress(1);
  },
});
