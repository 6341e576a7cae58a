import { invalid } from "../../../errors.ts";
import { exp } from "../../../numerics/elementary.ts";
import { heatCapacity } from "../../../transitions/dissimilarity/index.ts";
import { logSum } from "./boltzmann.ts";

/** Sequences of tokens from a chain: the first from softmax(logits0 / T), the next from softmax(logits[previous] / T). */
export interface Chain {
  readonly logits0: readonly number[];
  readonly logits: readonly (readonly number[])[];
  readonly length: number;
}

const MOST_SEQUENCES = 1_000_000;

/** How many sequences there are. Throws a LandauError for logits that do not go together, and for more sequences than can be listed. */
export const countSequences = ({ logits0, logits, length }: Chain): number => {
  const tokens = logits0.length;
  if (logits.length !== tokens) throw invalid("the length of logits", logits.length, `${tokens} rows, as logits0 has`);
  logits.forEach((row, k) => {
    if (row.length !== tokens) throw invalid(`the length of logits[${k}]`, row.length, `${tokens}, as logits0 has`);
  });
  let count = 1;
  for (let i = 0; i < length; i++) {
    count *= tokens;
    if (count > MOST_SEQUENCES)
      throw invalid("length", length, `at most ${MOST_SEQUENCES} sequences of ${tokens} tokens`);
  }
  return count;
};

/** Sequence of an index in lexicographic order. */
export const sequenceAt = (index: number, tokens: number, length: number): number[] => {
  const out = new Array<number>(length);
  for (let i = length - 1, rest = index; i >= 0; i--, rest = Math.floor(rest / tokens)) out[i] = rest % tokens;
  return out;
};

/** ln P of every sequence at a temperature, in lexicographic order. */
export const sequenceLogs = (chain: Chain, T: number): Float64Array => {
  const { logits0, logits, length } = chain;
  const tokens = logits0.length;
  const cooled = (row: readonly number[]): Float64Array => {
    const scaled = Float64Array.from(row, each => each / T);
    const whole = logSum(scaled);
    return scaled.map(each => each - whole);
  };
  const steps = logits.map(cooled);
  let logs = cooled(logits0);
  for (let i = 1; i < length; i++) {
    const longer = new Float64Array(logs.length * tokens);
    for (let s = 0; s < logs.length; s++)
      for (let b = 0; b < tokens; b++) longer[s * tokens + b] = logs[s] + steps[s % tokens][b];
    logs = longer;
  }
  return logs;
};

/** The laws of all sequences over temperatures, with entropies, mean energies -ln P(x | T = 1) and their slopes. */
export const markovFamily = (chain: Chain, T: readonly number[]) => {
  countSequences(chain);
  const logs = T.map(each => sequenceLogs(chain, each));
  const energies = sequenceLogs(chain, 1).map(each => -each);
  const P = logs.map(row => row.map(each => exp(each)));
  const average = (p: Float64Array, values: Float64Array): number =>
    p.reduce((sum, each, x) => sum + each * values[x], 0);
  const meanEnergy = P.map(p => average(p, energies));
  return {
    logs,
    P,
    entropyNats: P.map((p, k) => -average(p, logs[k])),
    meanEnergy,
    heatCapacity: heatCapacity(T, meanEnergy).map(({ value }) => value),
  };
};
