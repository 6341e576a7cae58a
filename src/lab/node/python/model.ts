import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import type { Objective, SampledObjective } from "../../../contracts/objective.ts";
import { LandauError } from "../../../errors.ts";
import { sha256Hex } from "../../canonical.ts";
import { type Check, checkGradient } from "./check-gradient.ts";
import { type Hello, type Remote, remoteFunction } from "./remote.ts";

/** A model that a Python file serves, from `pythonModel`. */
export interface PythonModel extends Pick<Hello, "samples" | "dtype" | "python"> {
  /** Its loss; of minibatches too where the file can. Each call waits for Python. */
  readonly objective: Objective | SampledObjective;
  /** w0. */
  readonly start: Float64Array;
  /** SHA-256 of the file, in hexadecimal. */
  readonly source: string;
  /** What was found when its gradient was put beside differences of its loss, and beside itself. */
  readonly check: Check;
  /** How often Python has ended and was started again. */
  readonly restarts: number;
  /** Ends Python. It ends with this process, too. */
  close(): void;
}

export interface PythonOptions {
  /** The program; LANDAU_PYTHON in the environment, or python3, when absent. */
  readonly python?: string;
}

/**
 * Starts a Python file whose last line is `landau.serve(...)`, and checks its gradient.
 *
 *     const { objective, start } = pythonModel("my_model.py");
 *     learningCoefficient(objective, start, { samples });
 *
 * A Python that ends in the middle is started again and asked the same, with the same bits where its gradient is deterministic. Errors of the Python
 * side are LandauErrors of kind "input" that hold its traceback.
 */
export const pythonModel = (path: string, { python = pythonProgram() }: PythonOptions = {}): PythonModel => {
  const source = sourceOf(path);
  const remote = remoteFunction(shown(path), python);
  const { hello } = remote;
  const { samples, dtype, python: version, start } = hello;
  const objective = objectiveOf(remote);
  try {
    const check = checkGradient(objective, start, dtype, shown(path));
    return {
      objective,
      start,
      samples,
      source,
      dtype,
      python: version,
      check,
      get restarts() {
        return remote.restarts;
      },
      close: remote.close,
    };
  } catch (error) {
    remote.close();
    throw error;
  }
};

const pythonProgram = (): string => process.env.LANDAU_PYTHON || "python3";

/** The hash of a file of Python. */
export const sourceOf = (path: string): string => {
  try {
    return sha256Hex(readFileSync(path));
  } catch (cause) {
    throw new LandauError("input", `cannot read ${shown(path)}: ${(cause as Error).message}`, { cause });
  }
};

/** Seen from where one stands, when it is below. */
const shown = (path: string): string => {
  const short = relative(process.cwd(), resolve(path));
  return short.startsWith("..") ? resolve(path) : short;
};

const objectiveOf = (remote: Remote): Objective | SampledObjective => {
  const { parameters, size, samples, batches, atOnce, sampleLosses } = remote.hello;
  const loss = new Float64Array(1);
  const whole: Objective = {
    parameters,
    size,
    loss(w) {
      remote.evaluate(w, loss);
      return loss[0];
    },
    lossAndGradient(w, gradient) {
      remote.evaluate(w, loss, gradient);
      return loss[0];
    },
    ...(atOnce && {
      lossesAndGradients: (points: Float64Array, losses: Float64Array, gradients: Float64Array) =>
        remote.evaluate(points, losses, gradients),
    }),
  };
  if (!batches) return whole;
  return {
    ...whole,
    samples,
    batchLossAndGradient(w, gradient, order, from, to) {
      remote.evaluate(w, loss, gradient, order.subarray(from, to));
      return loss[0];
    },
    ...(sampleLosses && {
      sampleLosses: (w: Float64Array, order: Int32Array, losses: Float64Array) => remote.sampleLosses(w, order, losses),
    }),
  };
};
