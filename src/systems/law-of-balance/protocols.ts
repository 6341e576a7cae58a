import type { Protocol } from "../../contracts/protocol.ts";
import { log } from "../../numerics/elementary.ts";
import { type Stream, stream } from "../../numerics/stream.ts";
import { annealBalance } from "./anneal.ts";
import { controls } from "./controls.ts";
import { regimesProtocol } from "./regimes.ts";
import { spreadProtocol } from "./spread.ts";
import { balanceFactor, balanceStep, lyapunovExponent } from "./theory.ts";

/** u w x with one sample a step, x = +-1 and y = k x + noise: only x y = k +- noise matters. */
const sgd: Protocol = {
  name: "sgd",
  summary: "SGD on u w x with inputs +-1: the law of v = u w, and the decay of u^2 - w^2",
  settings: {
    ...controls,
    walkers: { kind: "integer", summary: "independent runs", default: 500, min: 1, max: 1_000_000 },
    burnIn: { kind: "integer", summary: "steps before averages are taken", default: 2000, min: 0, max: 100_000_000 },
    steps: { kind: "integer", summary: "steps of which every tenth counts", default: 4000, min: 10, max: 100_000_000 },
    u0: { kind: "number", summary: "u at the start", default: 0.4, min: -10, max: 10 },
    w0: { kind: "number", summary: "w at the start", default: 0.3, min: -10, max: 10 },
  },
  run({ settings, seed, chain }, context) {
    const { eta, gamma, k, noiseVar, walkers, burnIn, steps, u0, w0 } = settings as { [name: string]: number };
    const spread = Math.sqrt(noiseVar);
    const random = stream({ seed, chain, purpose: "samples" });
    let [first, second, count, dead, logBalance] = [0, 0, 0, 0, 0];
    for (let walker = 0; walker < walkers; walker++) {
      random.at(walker);
      let state = { u: u0, w: w0 };
      const draw = () => {
        state = balanceStep(state, { x: 1, y: k + spread * random.normal(), eta, gamma });
      };
      for (let step = 0; step < burnIn; step++) draw();
      for (let step = 0; step < steps; step++) {
        draw();
        if (step % 10 !== 0) continue;
        const v = state.u * state.w;
        first += v;
        second += v * v;
        count++;
      }
      if (Math.abs(state.u * state.w) < 1e-3) dead++;
      if (u0 * u0 !== w0 * w0)
        logBalance += log(Math.abs(state.u * state.u - state.w * state.w) / Math.abs(u0 * u0 - w0 * w0));
      if (walker % 16 === 0) context.progress(walker / walkers);
    }
    const mean = first / count;
    context.record("final", {
      mean,
      variance: second / count - mean * mean,
      dead: dead / walkers,
      // Of layers that begin balanced there is nothing to decay, and below the smallest number nothing to see.
      decayRate:
        u0 * u0 === w0 * w0 || logBalance === -Infinity ? null : -logBalance / (walkers * eta * (burnIn + steps)),
      label: dead > walkers / 2 ? "sparse" : "learned",
    });
    context.progress(1);
  },
};

/** u^2 - w^2 along descent without noise, under SGD, and under descent with isotropic noise added to both weights. */
const imbalance: Protocol = {
  name: "imbalance",
  summary: "u^2 - w^2 over time: descent on the mean loss, SGD with one sample a step, descent with isotropic noise",
  settings: {
    ...controls,
    eta: { ...controls.eta, default: 0.01 },
    noise: {
      kind: "choice",
      summary: "what is added to descent",
      default: "sgd",
      choices: ["none", "sgd", "isotropic"],
    },
    kick: {
      kind: "number",
      summary: "standard deviation of the isotropic noise of each weight in a step",
      default: 0.002,
      min: 0,
      max: 10,
    },
    steps: { kind: "integer", summary: "steps", default: 6000, min: 1, max: 100_000_000 },
    every: { kind: "integer", summary: "steps between records", default: 100, min: 1, max: 100_000_000 },
    u0: { kind: "number", summary: "u at the start", default: 1.2, min: -10, max: 10 },
    w0: { kind: "number", summary: "w at the start", default: 0.2, min: -10, max: 10 },
  },
  run({ settings, seed, chain }, context) {
    const { eta, gamma, k, noiseVar, kick, steps, every, u0, w0 } = settings as { [name: string]: number };
    const spread = settings.noise === "sgd" ? Math.sqrt(noiseVar) : 0;
    const shake = settings.noise === "isotropic" ? kick : 0;
    const random = stream({ seed, chain, purpose: "imbalance" });
    let state = { u: u0, w: w0 };
    let last = {};
    for (let step = 0; step <= steps; step++) {
      if (step % every === 0) {
        last = { time: eta * step, difference: state.u * state.u - state.w * state.w, v: state.u * state.w };
        context.record("path", last);
        context.progress(step / steps);
      }
      const { u, w } = balanceStep(state, { x: 1, y: k + spread * random.normal(), eta, gamma });
      state = shake > 0 ? { u: u + shake * random.normal(), w: w + shake * random.normal() } : { u, w };
    }
    context.record("final", { ...last, label: settings.noise as string });
  },
};

/** Steps along which the exact factor of u^2 - w^2 is followed. */
const identity: Protocol = {
  name: "identity",
  summary: "one run of SGD on random points, with the exact factor of u^2 - w^2 at each step",
  settings: { ...controls, steps: { kind: "integer", summary: "steps", default: 1000, min: 1, max: 10_000_000 } },
  run({ settings, seed, chain }, context) {
    const { eta, gamma, k, noiseVar, steps } = settings as { [name: string]: number };
    const random = stream({ seed, chain, purpose: "identity" });
    let state = { u: 1.1, w: 0.4 };
    let product = state.u * state.u - state.w * state.w;
    let worst = 0;
    for (let step = 0; step < steps; step++) {
      const x = random.uniform() < 0.5 ? -1 : 1;
      const next = balanceStep(state, { x, y: k * x + Math.sqrt(noiseVar) * random.normal(), eta, gamma });
      product *= balanceFactor(eta, gamma, next.G);
      state = next;
      worst = Math.max(worst, Math.abs((state.u * state.u - state.w * state.w) / product - 1));
    }
    context.record("final", { worst, label: "balance" });
    context.progress(1);
  },
};

const POINTS = 4;
/** Exponents closer to zero than this are not told apart. */
const CLEAR = 0.005;

const randomSet = (random: Stream) => {
  for (;;) {
    const x = Array.from({ length: POINTS }, () => (random.uniform() < 0.5 ? -1 : 1) * (0.5 + 0.5 * random.uniform()));
    const y = Array.from({ length: POINTS }, () => 1.5 * random.normal());
    const eta = 0.02 + 0.3 * random.uniform();
    const lambda = lyapunovExponent(x, y, eta, 0);
    const positive = x.reduce((sum, each, i) => sum + each * y[i], 0) > 0;
    // Along u = -w the exponent has its own sign: keep to sets where u = w is the direction that can be learned.
    if (positive && Math.abs(lambda) > CLEAR && Math.abs(lambda) < 0.1) return { x, y, eta, lambda };
  }
};

/** Does SGD collapse onto u = w = 0? One random data set of four points a chain. */
const threshold: Protocol = {
  name: "threshold",
  summary: "SGD on a random set of four points, one a chain: collapse against the sign of the Lyapunov exponent",
  settings: {
    walkers: { kind: "integer", summary: "independent runs", default: 15, min: 1, max: 100_000 },
    steps: { kind: "integer", summary: "steps of each", default: 12_000, min: 1, max: 100_000_000 },
  },
  run({ settings, seed, chain }, context) {
    const { walkers, steps } = settings as { [name: string]: number };
    const random = stream({ seed, chain, purpose: "points" });
    const { x, y, eta, lambda } = randomSet(random);
    let collapsed = 0;
    for (let walker = 0; walker < walkers; walker++) {
      let state = { u: 0.01, w: 0.01 };
      for (let step = 0; step < steps && Math.abs(state.u) < 1e6; step++) {
        const i = random.below(POINTS);
        state = balanceStep(state, { x: x[i], y: y[i], eta, gamma: 0 });
      }
      if (Math.abs(state.u * state.w) < 1e-12) collapsed++;
      context.progress((walker + 1) / walkers);
    }
    context.record("final", {
      lambda,
      eta,
      collapsed: collapsed / walkers,
      label: collapsed > walkers / 2 ? "sparse" : "learned",
    });
  },
};

export const lawOfBalanceProtocols: { readonly [name: string]: Protocol } = {
  sgd,
  anneal: annealBalance,
  identity,
  threshold,
  imbalance,
  spread: spreadProtocol,
  regimes: regimesProtocol,
};
