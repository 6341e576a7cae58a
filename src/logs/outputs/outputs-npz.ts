import { LandauError } from "../../errors.ts";
import { type NpzArray, readNpz } from "../../formats/npz.ts";
import { binNumbers, countOutcomes, mergeRare } from "../../transitions/dissimilarity/index.ts";
import type { ReadOutputs } from "./outputs-of-table.ts";

/**
 * Outputs from the arrays of an npz file: `control` (K), and one of `probabilities` (K x outcomes, or K x probes x outcomes), `counts` (K x outcomes), `scores`
 * (K x samples x K, log-probabilities) or `samples` (K x samples). Throws a LandauError of kind "input" that names the array and its shape.
 */
export const outputsOfNpz = (bytes: Uint8Array, file: string, bins = 16): ReadOutputs => {
  const arrays = readNpz(bytes, file);
  const bad = (why: string): LandauError => new LandauError("input", `${file}: ${why}`);
  const find = (...names: string[]): NpzArray | undefined =>
    arrays.find(({ name }) => names.includes(name.toLowerCase()));
  const control = find("control", "temperature", "t", "step", "checkpoint");
  const listed = arrays.map(({ name, shape }) => `${name} (${shape.join(" x ")})`).join(", ");
  if (control?.shape.length !== 1)
    throw bad(
      `needs an array control with one axis, and one of probabilities, counts, scores, samples: it has ${listed}`,
    );
  const K = control.shape[0];
  const values = [...control.data];
  const order = values.map((_, k) => k).sort((a, b) => values[a] - values[b]);
  const ascending = order.map(k => values[k]);
  /** The part of an array that belongs to each value, by ascending value. */
  const parts = ({ name, shape, data }: NpzArray, axes: readonly number[]): Float64Array[] => {
    if (!axes.includes(shape.length) || shape[0] !== K)
      throw bad(`${name} is ${shape.join(" x ")}: needs ${axes.join(" or ")} axes, the first of ${K} as control has`);
    const size = data.length / K;
    return order.map(k => data.slice(k * size, (k + 1) * size));
  };
  const common = { control: control.name, notes: [] as string[] };
  const probabilities = find("probabilities", "probs", "p");
  if (probabilities) {
    const rows = parts(probabilities, [2, 3]);
    const outcomes = probabilities.shape.at(-1) as number;
    if (probabilities.shape.length === 2)
      return {
        ...common,
        form: "probabilities",
        samples: null,
        outcomes: null,
        outputs: { control: ascending, distributions: rows },
      };
    const probes = rows.map(row =>
      Array.from({ length: probabilities.shape[1] }, (_, u) => row.subarray(u * outcomes, (u + 1) * outcomes)),
    );
    return { ...common, form: "probes", samples: null, outcomes: null, outputs: { control: ascending, probes } };
  }
  const counts = find("counts");
  if (counts) {
    const rows = parts(counts, [2]);
    const total = counts.data.reduce((sum, each) => sum + each, 0);
    return { ...common, form: "counts", samples: total, outcomes: null, outputs: { control: ascending, counts: rows } };
  }
  const scores = find("scores", "logp", "log_probabilities");
  if (scores) {
    if (scores.shape.length !== 3 || scores.shape[0] !== K || scores.shape[2] !== K)
      throw bad(
        `${scores.name} is ${scores.shape.join(" x ")}: needs ${K} x samples x ${K}, the last axis for the control of the score`,
      );
    const n = scores.shape[1];
    const rows = parts(scores, [3]).map(row => {
      const out = new Float64Array(row.length);
      for (let i = 0; i < n; i++) for (let b = 0; b < K; b++) out[i * K + b] = row[i * K + order[b]];
      return out;
    });
    return { ...common, form: "scores", samples: n * K, outcomes: null, outputs: { control: ascending, scores: rows } };
  }
  const samples = find("samples", "outputs", "output", "weights");
  if (!samples) throw bad(`needs one of probabilities, counts, scores, samples beside control: it has ${listed}`);
  const rows = parts(samples, [2, 3, 4]);
  const wrong = samples.data.findIndex(each => !Number.isFinite(each));
  if (wrong >= 0) throw bad(`${samples.name}, entry ${wrong}: ${samples.data[wrong]}: needs finite numbers`);
  const isWord = samples.integer && new Set(samples.data).size <= 1000;
  const found = isWord
    ? mergeRare(countOutcomes(rows.map(row => Array.from(row, String))), 2 / rows[0].length)
    : binNumbers(rows, bins);
  const note = isWord ? [] : [`${samples.name} are numbers: counted in ${found.outcomes.length} bins of equal shares`];
  return {
    ...common,
    form: "samples",
    samples: samples.data.length,
    outcomes: found.outcomes,
    outputs: { control: ascending, counts: found.counts },
    notes: note,
  };
};
