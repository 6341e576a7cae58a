import { learner } from "../../contracts/learner.ts";
import { invalid } from "../../errors.ts";
import { anneal } from "../../protocols/anneal.ts";
import { posterior } from "../../protocols/posterior.ts";
import {
  checkStart,
  collectiveAt,
  collectiveState,
  type Networks,
  networkControls,
  startState,
  strengths,
  timeControl,
  toleranceControl,
} from "./networks.ts";
import { curvesUp, implicitFlow } from "./theory/implicit-flow.ts";
import { ridgeMean, strongEnergy, strongSquare, upperCoupling, upperDecay } from "./theory/laws.ts";
import { collectiveLoss, collectiveObjective } from "./theory/model.ts";

/** Ends of the couplings of the source, 10^-2.2 and 10^2.2. */
export const [WEAKEST, STRONGEST] = [0.006309573444801933, 158.48931924611134];

/** Weaker couplings than so many standard deviations of the data are not strong. */
const STRONG = 4;

/** Time after which the networks have settled, at any decay that is not far weaker than the source's. */
const LONG = 1e6;

const strongAt = ({ D, weightDecay, deltaSd }: Networks) => ({ D, gamma: weightDecay, variance: deltaSd * deltaSd });

/** Networks that move by the flow dm/dt = -N / (2 (D+1)) grad L of their mean loss L, by implicit steps of their own length. */
export const collectiveLearner = learner({
  controls: {
    ...networkControls,
    stepTime: { ...timeControl, summary: "time of the flow in one step", default: 0.1 },
    tolerance: { ...toleranceControl, default: 1e-6 },
  },
  sweeps: { sigma: { from: WEAKEST, to: STRONGEST }, weightDecay: { from: 1e-4, to: 1 } },
  check: at => checkStart(at),
  objective: (at, address) => collectiveObjective(collectiveAt(at, address)),
  start: (at, address) => startState(at, address),
  move(at, address, m, steps) {
    const collective = collectiveAt(at, address);
    implicitFlow(collective, at.tolerance).advance(m, steps * at.stepTime);
    return collectiveObjective(collective).loss(m);
  },
  observe: (_, m) => collectiveState(m),
  order: {
    label: "|M|, common mean of the networks",
    // The ordered state as long as it lasts, which is what a sweep from weak couplings follows.
    theory(at) {
      const { D, sigma, weightDecay, deltaMean, deltaSd } = at;
      if (D === 0) return Math.abs(ridgeMean(weightDecay, deltaMean));
      const isStrong = sigma > 0 && sigma >= STRONG * deltaSd && deltaMean === 0;
      return isStrong ? Math.sqrt(strongSquare(strongAt(at), sigma)) : null;
    },
  },
  critical(at) {
    if (at.D === 0 || at.deltaMean !== 0) return {};
    const sigma = upperCoupling(strongAt(at));
    return {
      sigma: sigma === null ? [] : [sigma],
      weightDecay: at.sigma === 0 ? [] : [upperDecay(strongAt(at), at.sigma)],
    };
  },
  // To leading order in 1/sigma with hidden layers: not to be read at couplings weaker than the data.
  phases(at) {
    const { D, sigma, weightDecay, deltaMean, deltaSd } = at;
    if (D === 0) {
      // Each network at M + (delta - mean delta) / (1 + weightDecay + sigma), exactly.
      const [M, own] = [ridgeMean(weightDecay, deltaMean), deltaSd / (1 + weightDecay + sigma)];
      return [{ label: collectiveState([M + own, M - own]).label, loss: -deltaMean * M - deltaSd * own }];
    }
    const zero = { label: "disordered", loss: 0 };
    const square = sigma === 0 ? 0 : strongSquare(strongAt(at), sigma);
    if (square === 0) return [zero];
    const ordered = { label: "ordered", loss: 2 * (D + 1) * strongEnergy(strongAt(at), sigma, square) };
    return ordered.loss < 0 ? [zero, ordered] : [ordered, zero];
  },
  // Where the flow ends from zero, from one or from the networks' own start.
  point(phase, at) {
    const address = { seed: 0, chain: 0 };
    const collective = collectiveAt(at, address);
    const size = at.networks;
    for (const m of [new Float64Array(size), new Float64Array(size).fill(1), startState(at, address)]) {
      // With hidden layers zero stays zero, be it a saddle.
      if (at.D === 0 || m.some(each => each !== 0)) implicitFlow(collective, at.tolerance).advance(m, LONG);
      if (collectiveState(m).label === phase && curvesUp(collective, m))
        return { objective: collectiveObjective(collective), w: m };
    }
    throw invalid("--at", phase, "a phase in which the flow settles, ordered or disordered; or a file of weights");
  },
  coefficient: (_phase, { networks }) => ({
    lambda: networks / 2,
    where: "regular minimum: half the number of networks",
  }),
  small: { networks: 12 },
});

/** Sweeps record the loss of the networks as one, on the data of all, as the source does. */
export const collectiveAnneal = anneal(
  {
    ...collectiveLearner,
    observe: (at, m, address) => ({ loss: collectiveLoss(at.D, strengths(at, address), m), ...collectiveState(m) }),
  },
  {
    summary: "sweep the coupling or the decay slowly up and down, carrying the networks along by their flow",
    values: 23,
    steps: 100,
    settle: 0,
    spacing: "log",
  },
);

/** All chains sample the posterior of the same private data, that of the first. */
export const collectivePosterior = posterior(
  { ...collectiveLearner, objective: (at, { seed }) => collectiveLearner.objective(at, { seed, chain: 0 }) },
  { defaults: { networks: 20 } },
);
