import { integer } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { type Stream, stream } from "../../../numerics/stream.ts";
import { balanceStep, type Layers } from "../model.ts";
import { lyapunovExponent } from "../theory/laws.ts";

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

type ThresholdRecords = {
  readonly final: {
    /** Lyapunov exponent of ln |u + w| near zero. */
    readonly lambda: number;
    readonly eta: number;
    /** Share of the walkers that end at zero. */
    readonly collapsed: number;
    readonly label: "sparse" | "learned";
  };
};

/** Does SGD collapse onto u = w = 0? One random data set of four points a chain. */
export const threshold = protocol<ThresholdRecords>()({
  name: "threshold",
  summary: "SGD on a random set of four points, one a chain: collapse against the sign of the Lyapunov exponent",
  settings: {
    walkers: integer("independent runs", { default: 15, min: 1, max: 100_000 }),
    steps: integer("steps of each", { default: 12_000, min: 1, max: 100_000_000 }),
  },
  small: { walkers: 2, steps: 300 },
  run({ settings, seed, chain }, context) {
    const { walkers, steps } = settings;
    const random = stream({ seed, chain, purpose: "points" });
    const { x, y, eta, lambda } = randomSet(random);
    let collapsed = 0;
    for (let walker = 0; walker < walkers; walker++) {
      let layers: Layers = { u: 0.01, w: 0.01 };
      for (let step = 0; step < steps && Math.abs(layers.u) < 1e6; step++) {
        const i = random.below(POINTS);
        layers = balanceStep(layers, { x: x[i], y: y[i], eta, gamma: 0 });
      }
      if (Math.abs(layers.u * layers.w) < 1e-12) collapsed++;
      context.progress((walker + 1) / walkers);
    }
    context.record("final", {
      lambda,
      eta,
      collapsed: collapsed / walkers,
      label: collapsed > walkers / 2 ? "sparse" : "learned",
    });
  },
});
