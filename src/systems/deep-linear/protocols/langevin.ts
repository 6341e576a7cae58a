import type { Protocol } from "../../../contracts/protocol.ts";
import { stream } from "../../../numerics/stream.ts";
import { balancedForce } from "../theory/landau.ts";
import { controls } from "./controls.ts";

const ROOT_HALF = Math.SQRT1_2;

/**
 * Langevin dynamics at finite temperature, theta <- theta - e grad L + sqrt(2 e / n) xi, which samples exp(-n L) up to the step size. The inverse
 * temperature n plays the part of the size. `plane`: the narrowest network at D = 1, L = (u w)^2 kappa - 2 N u w + gamma (u^2 + w^2), order parameter
 * p = (u + w)/sqrt 2. `scalar`: the balanced norm s at any depth, with L'(s) as the force.
 */
export const langevinProtocol: Protocol = {
  name: "langevin",
  summary: "Langevin dynamics at inverse temperature n, the size of a finite system",
  settings: {
    form: { kind: "choice", summary: "what moves", default: "plane", choices: ["plane", "scalar"] },
    D: { ...controls.D, default: 1, min: 1 },
    gamma: { ...controls.gamma, default: 1 },
    strength: controls.strength,
    kappa: {
      kind: "number",
      summary: "variance of the inputs times the noise factor",
      default: 1,
      min: 1e-6,
      max: 1e6,
      scale: "log",
    },
    n: { kind: "number", summary: "inverse temperature", default: 100, min: 1e-3, max: 1e9, scale: "log" },
    stepSize: { ...controls.stepSize, default: 0.02 },
    start: { kind: "number", summary: "starting norm of each layer", default: 0, min: -10, max: 10 },
    burnIn: { kind: "integer", summary: "steps that are dropped", default: 2000, min: 0, max: 100_000_000 },
    draws: { kind: "integer", summary: "draws that are kept", default: 400, min: 1, max: 1_000_000 },
    every: { kind: "integer", summary: "steps between draws", default: 50, min: 1, max: 1_000_000 },
  },

  run({ settings, seed, chain }, context) {
    const { D, gamma, strength, kappa, n, stepSize, start, burnIn, draws, every } = settings as {
      [name: string]: number;
    };
    const plane = settings.form === "plane";
    const problem = { D, N: strength, kappa };
    const noise = Math.sqrt((2 * stepSize) / n);
    const random = stream({ seed, chain, purpose: "langevin" });
    let [u, w] = [start, start];
    const step = (): void => {
      if (plane) {
        const slope = 2 * (kappa * u * w - strength);
        const [du, dw] = [slope * w + 2 * gamma * u, slope * u + 2 * gamma * w];
        u += noise * random.normal() - stepSize * du;
        w += noise * random.normal() - stepSize * dw;
      } else u += noise * random.normal() - stepSize * 2 * (D + 1) * balancedForce(problem, gamma, u);
    };
    for (let i = 0; i < burnIn; i++) step();
    const samples = new Array<number>(draws);
    for (let draw = 0; draw < draws; draw++) {
      for (let i = 0; i < every; i++) step();
      samples[draw] = plane ? (u + w) * ROOT_HALF : u;
      if (draw % 64 === 0) context.progress(draw / draws);
    }
    context.record("samples", { control: gamma, size: n, samples });
    context.record("final", { control: gamma, size: n, mean: samples.reduce((a, b) => a + Math.abs(b), 0) / draws });
    context.progress(1);
  },
};
