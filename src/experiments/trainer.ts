import type { NamedArrays, SavedState } from "../contracts/protocol.ts";
import type { FastModes } from "../engine/fast-modes.ts";
import { LandauError } from "../errors.ts";
import type { OptimiserState } from "../learning/optimiser.ts";
import type { ChainRange } from "./chain-range.ts";
import { brokenEntry, divergence, hint } from "./divergence.ts";
import type { CheckedExperiment } from "./experiment.ts";
import { sampleOrder } from "./sample-order.ts";
import { BATCH, LOSS, stepOutput, stepProgram } from "./step-program.ts";

/** Trains members of an ensemble side by side in one program. */
export interface Trainer {
  /** Steps made. */
  readonly step: number;
  /**
   * Makes steps until `step` is `target`. Throws a LandauError of kind "diverged" at the first loss that is not finite, or the first
   * entry of an array that training moves. `visit` sees each of those steps, in order, before it is made.
   */
  advance(target: number, visit?: (seen: StepView) => void): void;
  /** The error for a member whose loss on other data is not finite where it stands, with the step and what to change. */
  divergence(member: number, error: LandauError): LandauError;
  /** From now on a member may become what it likes: its losses are not kept. */
  release(member: number): void;
  /** Losses of the steps made, before each step; member 0 is chain `from`. */
  losses(member: number): Float64Array;
  parameters(member: number): NamedArrays;
  /** All that is needed to go on, bit for bit. */
  save(): SavedState;
  restore(saved: SavedState): void;
}

/** A step as it is seen before it is made: its number, and for each member its loss and the model's outputs that are kept. */
export interface StepView {
  readonly step: number;
  loss(member: number): number;
  output(name: string, member: number): Float64Array;
}

export interface TrainerOptions {
  readonly fast?: FastModes;
  /** Names of the model's outputs that a visitor can ask for. */
  readonly outputs?: readonly string[];
}

/** About this many numbers of tables are filled for one call of the program. */
const TABLE_SIZE = 1 << 20;

export const trainer = (
  experiment: CheckedExperiment,
  { seed, from, count }: ChainRange,
  { fast, outputs }: TrainerOptions = {},
): Trainer => {
  const { model, data, batch, steps } = experiment;
  const perStep = count * ((batch ?? 0) + 8);
  const stepsPerCall = Math.max(1, Math.min(steps, 256, Math.floor(TABLE_SIZE / perStep)));
  const made = stepProgram(model, { ...experiment, ...fast, outputs, chains: count, stepsPerCall });
  const { trace, program, optimisers, memory } = made;
  const states: OptimiserState[] = optimisers.map(({ optimiser }) => optimiser.init(0));
  const scalars = optimisers.map(({ optimiser }) => new Float64Array(optimiser.scalars.length));
  const orders = Array.from({ length: count }, (_, member) =>
    batch === undefined ? undefined : sampleOrder({ samples: data.samples, batch, seed, chain: from + member }),
  );
  const history = lossHistory(count, steps);
  const kept = [...trace.parameters.map(({ attributes }) => attributes.name), ...memory];
  const watched = new Set(history.keys());
  let step = 0;

  for (let member = 0; member < count; member++)
    for (const parameter of trace.parameters)
      program.write(parameter.attributes.name, trace.start(parameter, { seed, chain: from + member }), {
        chain: member,
      });

  const fillTables = (steps: number) => {
    for (let s = 0; s < steps; s++) {
      optimisers.forEach(({ optimiser, scalars: names }, i) => {
        optimiser.advance(states[i], scalars[i]);
        names.forEach((name, j) => {
          if (name in program.places.inputs) program.write(name, scalars[i].subarray(j, j + 1), { step: s });
        });
      });
      orders.forEach((order, member) => {
        if (order) program.writeIndices(BATCH, order(step + s), { chain: member, step: s });
      });
    }
  };

  const advance: Trainer["advance"] = (target, visit) => {
    while (step < target) {
      const steps = Math.min(stepsPerCall, target - step);
      fillTables(steps);
      const before = program.saveChains();
      const run = (steps: number) => program.run(steps, { from: step, seed, firstChain: from });
      run(steps);
      const call = { made, members: { seed, from, count }, step, before, run };
      for (let s = 0; s < steps; s++)
        for (const member of watched) {
          const loss = program.readNumber(LOSS, { chain: member, step: s });
          history[member][step + s] = loss;
          if (!Number.isFinite(loss)) throw divergence(call, { member, steps: s, loss });
        }
      for (const member of watched) if (brokenEntry(made, member)) throw divergence(call, { member, steps });
      for (let s = 0; s < steps && visit; s++)
        visit({
          step: step + s,
          loss: member => history[member][step + s],
          output: (name, member) => program.read(stepOutput(name), { chain: member, step: s }),
        });
      step += steps;
    }
  };

  return {
    get step() {
      return step;
    },
    advance,
    release: member => void watched.delete(member),
    divergence(member, { message }) {
      const who = count === 1 && from === 0 ? "" : ` of chain ${from + member}`;
      const sizes = scalars.map(([stepSize]) => stepSize);
      return new LandauError("diverged", `step ${step}${who}: ${message}. ${hint(made, step, sizes)}`);
    },
    losses: member => history[member].subarray(0, step),
    parameters: member =>
      Object.fromEntries(
        trace.parameters.map(({ attributes: { name }, shape }) => [
          name,
          { shape, data: program.read(name, { chain: member }) },
        ]),
      ),
    save() {
      const saved: { [name: string]: number | Float64Array } = { step };
      states.forEach((state, i) => {
        for (const [name, value] of Object.entries(state))
          if (typeof value === "number") saved[`optimiser ${i} ${name}`] = value;
      });
      for (let member = 0; member < count; member++) {
        for (const name of kept) saved[`${member} ${name}`] = program.read(name, { chain: member });
        saved[`${member} losses`] = history[member].slice(0, step);
      }
      return saved;
    },
    restore(saved) {
      step = saved.step as number;
      states.forEach((state, i) => {
        for (const [name, value] of Object.entries(state))
          if (typeof value === "number") state[name] = saved[`optimiser ${i} ${name}`];
      });
      for (let member = 0; member < count; member++) {
        for (const name of kept) program.write(name, saved[`${member} ${name}`] as Float64Array, { chain: member });
        history[member].set(saved[`${member} losses`] as Float64Array);
      }
    },
  };
};

const lossHistory = (count: number, steps: number): Float64Array[] => {
  try {
    return Array.from({ length: count }, () => new Float64Array(steps));
  } catch (cause) {
    const size = `${Math.ceil((count * steps * 8) / 1048576)} MiB`;
    throw new LandauError(
      "input",
      `the losses of ${steps} steps of ${count} chains need ${size}, more than there is: make fewer steps`,
      { cause },
    );
  }
};
