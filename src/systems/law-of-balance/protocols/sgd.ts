import { integer } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { log } from "../../../numerics/elementary.ts";
import { stream } from "../../../numerics/stream.ts";
import { dataControls, isDead, startControls } from "../learner.ts";
import { balanceSteps } from "../model.ts";

/** Steps from one state that counts to the next. */
const THINNING = 10;

type SgdRecords = {
  readonly final: {
    /** Of v over all walkers and all states that count. */
    readonly mean: number;
    readonly variance: number;
    /** Share of the walkers that end at zero. */
    readonly dead: number;
    /** Of u^2 - w^2 in a unit of time; null where there is nothing to decay or nothing left to see. */
    readonly decayRate: number | null;
    readonly label: "sparse" | "learned";
  };
};

/** u w x with one sample a step, x = +-1 and y = k x + noise. */
export const sgd = protocol<SgdRecords>()({
  name: "sgd",
  summary: "SGD on u w x with inputs +-1: the law of v = u w, and the decay of u^2 - w^2",
  settings: {
    ...dataControls,
    walkers: integer("independent runs", { default: 500, min: 1, max: 1_000_000 }),
    burnIn: integer("steps before averages are taken", { default: 2000, min: 0, max: 100_000_000 }),
    steps: integer("steps of which every tenth counts", { default: 4000, min: 10, max: 100_000_000 }),
    ...startControls,
    u0: { ...startControls.u0, default: 0.4 },
  },
  small: { walkers: 20, burnIn: 40, steps: 300 },
  run({ settings, seed, chain }, context) {
    const { stepSize, walkers, burnIn, steps, u0, w0 } = settings;
    const random = stream({ seed, chain, purpose: "samples" });
    const begin = { walker: 0, first: 0, second: 0, count: 0, dead: 0, logBalance: 0 };
    const sums = { ...begin, ...(context.saved as typeof begin | undefined) };
    const difference = Math.abs(u0 * u0 - w0 * w0);
    while (sums.walker < walkers) {
      random.at(sums.walker);
      let layers = balanceSteps({ u: u0, w: w0 }, settings, burnIn, random);
      for (let step = 0; step < steps; step += THINNING) {
        layers = balanceSteps(layers, settings, 1, random);
        const v = layers.u * layers.w;
        sums.first += v;
        sums.second += v * v;
        sums.count++;
        layers = balanceSteps(layers, settings, Math.min(THINNING, steps - step) - 1, random);
      }
      const { u, w } = layers;
      if (isDead(u * w)) sums.dead++;
      if (difference > 0) sums.logBalance += log(Math.abs(u * u - w * w) / difference);
      sums.walker++;
      context.save(() => ({ ...sums }));
      context.progress(sums.walker / walkers);
    }
    const { first, second, count, dead, logBalance } = sums;
    const mean = first / count;
    context.record("final", {
      mean,
      variance: second / count - mean * mean,
      dead: dead / walkers,
      decayRate:
        difference === 0 || logBalance === -Infinity ? null : -logBalance / (walkers * stepSize * (burnIn + steps)),
      label: dead > walkers / 2 ? "sparse" : "learned",
    });
  },
});
