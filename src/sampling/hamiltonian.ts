import { LandauError } from "../errors.ts";
import { type Averaging, average, averaged, freshAveraging, restartAveraging } from "./adaptation/dual-averaging.ts";
import { freshSpread, restartSpread, type Spread, scaleFrom, takeIn } from "./adaptation/spread.ts";
import { windows } from "./adaptation/windows.ts";
import { checkPositive, checkWithin } from "./checks.ts";
import { kineticEnergy, type Mass, motion, unitScale } from "./mass.ts";
import { type ChainPoint, checkLength, checkStart, diverged, type ErrorSource, freshPoint } from "./point.ts";
import type { Box } from "./prior.ts";
import { type ChainContext, freshReport, type StepReport } from "./sampler.ts";
import type { Target } from "./target.ts";

/** What MALA, HMC and NUTS share: leapfrog steps, and the adaptation of step size and mass in the burn-in. */
export interface HamiltonianSettings {
  /** Time of a leapfrog step at the start. When absent, or when it adapts, what accepts about 0.8 at the start. */
  readonly time?: number;
  readonly mass: Mass;
  /** Mean acceptance that the step size is adapted to. */
  readonly targetAcceptance: number;
  /** Whether step size and mass are learnt in the burn-in. */
  readonly adapt: boolean;
}

export type HamiltonianState = ChainPoint &
  Averaging &
  Spread & {
    /** Time of a leapfrog step. */
    time: number;
    /** A with A A^T = inverse mass. */
    scale: Float64Array;
  };

/** A point with momenta on its way through phase space. */
export interface Phase {
  readonly w: Float64Array;
  readonly q: Float64Array;
  readonly gradient: Float64Array;
  /** U(w). */
  energy: number;
  loss: number;
}

export const freshPhase = (size: number): Phase => ({
  w: new Float64Array(size),
  q: new Float64Array(size),
  gradient: new Float64Array(size),
  energy: 0,
  loss: 0,
});

/** An error of the energy above this is no discretisation error: the trajectory has left the level set.  [as in Stan] */
export const LARGEST_ERROR = 1000;

export interface Hamiltonian {
  readonly last: StepReport;
  init(w: Float64Array): HamiltonianState;
  place(state: HamiltonianState, w: Float64Array): void;
  /** Sets `phase` at the state's point with the momenta of its next step; returns the total energy. */
  depart(state: HamiltonianState, phase: Phase): number;
  /** One leapfrog step; returns the total energy where it ends, Infinity outside of the support. */
  leap(state: HamiltonianState, phase: Phase, time: number): number;
  /** Puts the state where the phase is. */
  arrive(state: HamiltonianState, phase: Phase): void;
  /** Counts the step and, in the burn-in, learns from it. */
  finish(state: HamiltonianState): void;
}

export const checkHamiltonian = ({ time, targetAcceptance }: HamiltonianSettings): void => {
  if (time !== undefined) checkPositive("stepSize", time);
  checkWithin("targetAcceptance", targetAcceptance, 0, 1);
};

export const hamiltonian = (
  target: Target,
  { random, burnIn }: ChainContext,
  { name, settings }: Pick<ErrorSource, "name" | "settings">,
  { time: firstTime, mass, targetAcceptance, adapt }: HamiltonianSettings,
): Hamiltonian => {
  const { size } = target;
  const { advance, kick } = motion(mass, target.prior.box);
  const learning = windows(adapt && mass !== "none" ? burnIn : 0);
  const adapts = (step: number): boolean => adapt && step < burnIn;
  // Between walls nothing is gained by steps longer than the distance between them, even if all of them are accepted.
  const longest = Math.min(LONGEST, widthOf(target.prior.box));
  const momenta = random("momentum");
  const loss = new Float64Array(1);
  const work = new Float64Array(size);
  const trial = freshPhase(size);
  const last = freshReport();
  const source: ErrorSource = {
    name,
    settings,
    hint: () => "needs a smaller stepSize, or a loss that is Infinity, not NaN, where the density is 0",
  };

  const evaluate = (point: ChainPoint): void => {
    point.energy = target.valueAndGradient(point.w, point.gradient, loss);
    point.loss = loss[0];
    checkStart(point, source);
  };

  const leap = (state: HamiltonianState, phase: Phase, time: number): number => {
    const { w, q, gradient } = phase;
    const { scale } = state;
    advance(w, q, gradient, 0.5 * time, time, scale);
    const energy = target.valueAndGradient(w, gradient, loss);
    phase.energy = energy;
    phase.loss = loss[0];
    last.evaluations++;
    // Outside of the support the gradient need not be defined.
    if (energy === Infinity) return Infinity;
    const total = energy + kick(q, gradient, 0.5 * time, scale);
    if (total > -Infinity) return total;
    // While the step size is still looked for, too long a step is no more than a refusal.
    if (adapts(state.step)) return Infinity;
    throw Math.abs(energy) < Infinity
      ? diverged("the gradient", total, state.step, source)
      : diverged("the loss", energy, state.step, source);
  };

  const depart = (state: HamiltonianState, phase: Phase): number => {
    phase.w.set(state.w);
    phase.gradient.set(state.gradient);
    phase.energy = state.energy;
    phase.loss = state.loss;
    momenta.at(state.step).normals(phase.q);
    return state.energy + kineticEnergy(phase.q);
  };

  /** Doubles or halves the time until a single leapfrog step accepts with probability 0.8.  [Hoffman & Gelman 2014, algorithm 4] */
  const searchTime = (state: HamiltonianState): void => {
    const numbers = random("step size").at(state.step);
    let longer: boolean | undefined;
    for (;;) {
      depart(state, trial);
      numbers.normals(trial.q);
      const before = state.energy + kineticEnergy(trial.q);
      const after = leap(state, trial, state.time);
      const accepted = before - after > LOG_FOUR_FIFTHS;
      if (longer === undefined) longer = accepted;
      else if (longer !== accepted) return;
      state.time *= longer ? 2 : 0.5;
      if (state.time > longest) {
        if (longest === LONGEST) throw noTime("no step is too long", "a density that can be normalised");
        state.time = longest;
        return;
      }
      if (state.time < SHORTEST) throw noTime("no step is accepted", "a loss that is continuous, with its gradient");
    }
  };
  const noTime = (what: string, needs: string): LandauError =>
    new LandauError("diverged", `${what} at the start of ${name} ${JSON.stringify(settings)}: needs ${needs}`);

  return {
    last,
    init(w) {
      checkLength(w, size, name);
      const state: HamiltonianState = {
        ...freshPoint(w),
        ...freshAveraging(),
        ...freshSpread(size, mass),
        time: firstTime ?? 1,
        scale: unitScale(size, mass),
      };
      evaluate(state);
      if (firstTime === undefined || adapts(0)) searchTime(state);
      restartAveraging(state, state.time);
      return state;
    },
    place(state, w) {
      state.w.set(w);
      evaluate(state);
    },
    depart(state, phase) {
      last.acceptance = 0;
      last.divergent = false;
      last.truncated = false;
      last.evaluations = 0;
      return depart(state, phase);
    },
    leap,
    arrive(state, phase) {
      state.w.set(phase.w);
      state.gradient.set(phase.gradient);
      state.energy = phase.energy;
      state.loss = phase.loss;
    },
    finish(state) {
      const { step } = state;
      if (adapts(step)) {
        state.time = Math.min(average(state, last.acceptance, targetAcceptance), longest);
        if (step >= learning.from && step < learning.to) takeIn(state, state.w, mass, work);
        if (learning.ends.includes(step)) {
          scaleFrom(state, mass, state.scale);
          restartSpread(state);
          searchTime(state);
          restartAveraging(state, state.time);
        }
        if (step === burnIn - 1) state.time = Math.min(averaged(state), longest);
      }
      state.step++;
    },
  };
};

/** Bounds of a step's time: without walls, and where it no longer moves a parameter of the size of one. */
const LONGEST = 1e7;
const SHORTEST = 1e-14;

/** The width of a box along its widest side. */
const widthOf = (box?: Box): number =>
  box ? box.low.reduce((widest, low, i) => Math.max(widest, box.high[i] - low), 0) : Infinity;

/** log 0.8 */
const LOG_FOUR_FIFTHS = -0.2231435513142097;
