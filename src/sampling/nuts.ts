import { invalid } from "../errors.ts";
import { exp } from "../numerics/elementary.ts";
import { checkHamiltonian, freshPhase, type HamiltonianState, LARGEST_ERROR, type Phase } from "./hamiltonian.ts";
import { hamiltonianSampler } from "./hamiltonian-sampler.ts";
import { kineticEnergy, type Mass } from "./mass.ts";
import type { Sampler } from "./sampler.ts";
import { turnWatch } from "./u-turn.ts";

/**
 * The no-U-turn sampler: a Hamiltonian trajectory that doubles, forwards or backwards in time, until it turns back on itself, and a
 * point of it drawn with probability proportional to exp(-H). Each doubling is
 *
 *     2^depth leapfrog steps from one end; stop, leaving them out, when they turn or diverge;
 *     take over a point of the new half, drawn by weight, with probability min(1, new weight / old weight);
 *     stop when the whole has turned (u-turn.ts).
 *
 * [Hoffman & Gelman 2014; Betancourt 2017, arXiv 1701.02434, appendix A; as in Stan since 2.21]
 */
export interface NutsSettings {
  /** Time per leapfrog step, in parameter units over sqrt(mass). Found at the start when absent. */
  readonly stepSize?: number;
  /** A trajectory doubles at most this often. 10 when absent. */
  readonly maxDepth?: number;
  /** Mass learnt in the burn-in. "diagonal" when absent. */
  readonly mass?: Mass;
  /** Mean acceptance that the burn-in adapts the step size to. 0.8 when absent; nearer to 1 for narrow places. */
  readonly targetAcceptance?: number;
  /** Whether the burn-in adapts at all. True when absent. */
  readonly adapt?: boolean;
}

export const nuts = ({
  stepSize,
  maxDepth = 10,
  mass = "diagonal",
  targetAcceptance = 0.8,
  adapt = true,
}: NutsSettings = {}): Sampler<HamiltonianState> => {
  const name = "nuts";
  const settings = { ...(stepSize !== undefined && { stepSize }), maxDepth, mass, targetAcceptance, adapt };
  const moving = { time: stepSize, mass, targetAcceptance, adapt };
  checkHamiltonian(moving);
  if (!(Number.isSafeInteger(maxDepth) && maxDepth >= 1 && maxDepth <= 20))
    throw invalid("maxDepth", maxDepth, "a whole number from 1 to 20");
  return hamiltonianSampler({
    name,
    settings,
    moving,
    on({ last, depart, leap, arrive }, choices, size) {
      const watch = turnWatch(size, maxDepth);
      const [front, back] = [freshPhase(size), freshPhase(size)];
      // The point chosen so far, and the one that the newest subtree offers; they change places.
      let chosen = freshPhase(size);
      let offered = freshPhase(size);
      const junction = new Float64Array(size);
      // Of the subtree that is growing, and of the whole trajectory. Fields, as numbers that closures share are boxed at every change.
      const tree = { weight: 0, acceptances: 0 };

      /** Grows a subtree from `end`; false when it turns or diverges. */
      const grow = (state: HamiltonianState, end: Phase, time: number, leaves: number, before: number): boolean => {
        let weight = 0;
        watch.start();
        for (let leaf = 0; leaf < leaves; leaf++) {
          const error = leap(state, end, time) - before;
          const acceptance = error <= 0 ? 1 : exp(-error);
          tree.acceptances += acceptance;
          if (!(error <= LARGEST_ERROR)) {
            last.divergent = true;
            return false;
          }
          // A fall by more than this happens only on the way in from a bad start; weights must stay finite.
          const share = error <= 0 ? exp(Math.min(-error, 300)) : acceptance;
          weight += share;
          if (choices.uniform() * weight < share) copyPoint(end, offered);
          if (watch.turnsAt(leaf, end.q)) return false;
        }
        tree.weight = weight;
        return true;
      };

      return state => {
        const before = depart(state, front);
        copyPoint(front, back);
        copyPoint(front, chosen);
        watch.begin(front.q);
        let total = 1;
        let depth = 0;
        tree.acceptances = 0;
        for (; depth < maxDepth; depth++) {
          const forward = choices.uniform() < 0.5;
          const end = forward ? front : back;
          const far = forward ? back : front;
          junction.set(end.q);
          if (!grow(state, end, forward ? state.time : -state.time, 1 << depth, before)) break;
          if (choices.uniform() * total < tree.weight) {
            const taken = offered;
            offered = chosen;
            chosen = taken;
          }
          total += tree.weight;
          if (watch.joinedTurns(far.q, junction, end.q)) break;
        }
        last.truncated = depth === maxDepth;
        last.acceptance = tree.acceptances / last.evaluations;
        last.energy = chosen.energy + kineticEnergy(chosen.q);
        arrive(state, chosen);
      };
    },
  });
};

const copyPoint = (from: Phase, to: Phase): void => {
  // A loop: for vectors this short it takes a third of what `set` does.
  for (let i = 0; i < from.w.length; i++) {
    to.w[i] = from.w[i];
    to.q[i] = from.q[i];
    to.gradient[i] = from.gradient[i];
  }
  to.energy = from.energy;
  to.loss = from.loss;
};
