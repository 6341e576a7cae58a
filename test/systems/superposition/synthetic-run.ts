import type { RunRecord, Study } from "../../../src/contracts/index.ts";
import type { RunView } from "../../../src/contracts/run-view.ts";

/** Levels at c = 6 by label, and the k-gons they belong to: radius and bias. */
const levels: { readonly [label: string]: number } = {
  "2": 0.2222222222,
  "3": 0.1666666667,
  "3+": 0.1597222222,
  "3++": 0.1527777778,
  "4": 0.1111111111,
  "4+": 0.1041666667,
  "4++": 0.0972222222,
  "5": 0.0687435781,
  "5+": 0.0617991337,
};
const gons: { readonly [k: number]: readonly [length: number, bias: number] } = { 4: [1, 0], 5: [1.17046, -0.2823] };

/** Sequences of phases with the share of runs that follow each, in per cent. */
const sequences: { readonly [study: string]: readonly (readonly [share: number, ...labels: string[]])[] } = {
  "scheme-A": [
    [30, "4"],
    [26, "4+"],
    [21, "4++"],
    [16, "4+", "5"],
    [5, "4++", "5+"],
    [2, "4", "?"],
  ],
  "scheme-B": [
    [30, "3+", "4"],
    [20, "4"],
    [20, "3"],
    [10, "3++", "4+", "5"],
    [10, "4+", "5"],
    [10, "2", "3", "4"],
  ],
  "scheme-R": [
    [35, "5"],
    [35, "4"],
    [15, "5+"],
    [10, "4+"],
    [5, "?"],
  ],
  "census-c5": [
    [38, "3"],
    [27, "2"],
    [18, "4"],
    [10, "1"],
    [5, "5"],
    [2, "4+"],
  ],
  "census-c6": [
    [35, "3"],
    [25, "4"],
    [25, "2"],
    [10, "5"],
    [5, "5+"],
  ],
};

/** Records in the form that training writes, with made-up losses: staircases with a deterministic wobble. */
export const syntheticRun = (
  chains: number,
  epochs = 4500,
  every = 90,
): RunView & { readonly studies: readonly Study[] } => {
  const trained = Object.keys(sequences).map(name => ({ name, protocol: "train", chains, settings: {} }));
  const sampled = [
    { name: "posterior-c6", protocol: "posterior", chains: 3, settings: { c: 6 } },
    { name: "posterior-c5", protocol: "posterior", chains: 3, settings: { c: 5 } },
    { name: "posterior-half-600", protocol: "posterior", chains: 3, settings: { c: 6 } },
    { name: "posterior-half-800", protocol: "posterior", chains: 3, settings: { c: 6 } },
    { name: "posterior-c5-half-200", protocol: "posterior", chains: 3, settings: { c: 5 } },
    { name: "lambda-6-c6-100000", protocol: "coefficient", chains: 3, settings: { c: 6 } },
  ];
  const studies: readonly Study[] = [...trained, ...sampled];
  const records = new Map([
    ...trained.map(({ name }) => [name, allRecords(name, chains, epochs, every)] as const),
    ...sampled.map(({ name, settings }) => [name, posteriorRecords(name, settings.c)] as const),
  ]);
  return {
    seed: 0,
    studies,
    study: name => studies.find(study => study.name === name),
    records: (study, kind) => (records.get(study) ?? []).filter(record => record.kind === kind),
  };
};

/** Final records of three posterior chains: the (c-1)-gon gives way to the c-gon. */
const posteriorRecords = (study: string, c: number): RunRecord[] =>
  [0, 1, 2].map(chain => {
    const occupancyAt = (nBeta: number) => {
      const last = 1 / (1 + Math.exp((c === 6 ? 276 : 90) / 50 - nBeta / 50 + 0.1 * (chain - 1)));
      const four = c === 6 ? 0.5 * Math.exp(-nBeta / 90) : 0;
      return [0, 0, 0, 0.1 * (1 - last) * (c - 5 || 1), four * (1 - last), 0, 0]
        .slice(0, c + 1)
        .map((share, k, all) => {
          const rest = 1 - all.reduce((sum, value) => sum + value, 0);
          return k === c ? rest * last : k === c - 1 ? share + rest * (1 - last) : share;
        });
    };
    const curve = Array.from({ length: 20 }, (_, i) => {
      const nBeta = ((c === 6 ? 500 : 200) * (i + 1)) / 20;
      return { nBeta, occupancy: occupancyAt(nBeta), meanLoss: 1 / nBeta };
    });
    const n = Number(/\d+$/.exec(study)?.[0] ?? 600);
    return { kind: "final", chain, kept: true, lambda: 8.4 + 0.1 * chain, occupancy: occupancyAt(n / 2 - 40), curve };
  });

const allRecords = (study: string, chains: number, epochs: number, every: number): RunRecord[] =>
  Array.from({ length: chains }, (_, chain) => chainRecords(study, chain, chains, epochs, every)).flat();

const chainRecords = (study: string, chain: number, chains: number, epochs: number, every: number): RunRecord[] => {
  const sequence = pick(sequences[study]!, ((chain + 0.5) / chains) * 100);
  const start = study === "scheme-A" ? 0.1115 : 1.3;
  const starts = sequence.map((_, i) => (epochs * (i + 0.08 + 0.3 * wobble(7 * chain + i))) / sequence.length);
  const lossAt = (epoch: number) =>
    starts.reduce((loss, from, i) => {
      const target = levels[sequence[i]!] ?? 0.09;
      return target + (loss - target) / (1 + Math.exp((epoch - from) / (epochs / 90)));
    }, start) +
    4e-5 * (wobble(epoch + 31 * chain) - 0.5);
  const labelAt = (loss: number) => Object.keys(levels).find(label => Math.abs(levels[label]! - loss) < 3e-4) ?? null;
  const checkpoints = Array.from({ length: Math.floor(epochs / every) + 1 }, (_, i): RunRecord => {
    const loss = lossAt(i * every);
    return {
      kind: "checkpoint",
      chain,
      epoch: i * every,
      step: i * every * 50,
      loss,
      trainLoss: loss,
      label: labelAt(loss),
    };
  });
  const plateaus = sequence
    .filter(label => label in levels)
    .map(
      (label, i): RunRecord => ({
        kind: "plateau",
        chain,
        label,
        level: levels[label]! + 1e-5 * wobble(chain),
        fromEpoch: Math.round(starts[i]! / every) * every + every,
        toEpoch: Math.round((starts[i + 1] ?? epochs) / every) * every,
        checkpoints: 10,
        ...state(label, chain),
      }),
    );
  const last = checkpoints[checkpoints.length - 1]!;
  const coefficients = checkpoints
    .filter((_, i) => study === "scheme-A" && i % 5 === 0)
    .map(
      ({ epoch, loss, label }): RunRecord => ({
        kind: "coefficient",
        chain,
        epoch,
        loss,
        label,
        lambda: 14 - 100 * (loss as number) + 2 * wobble((epoch as number) + chain),
      }),
    );
  return [
    ...checkpoints,
    ...coefficients,
    ...plateaus,
    { kind: "final", chain, epoch: epochs, label: last.label, loss: last.loss },
  ];
};

/** A matrix and biases that look like a phase. */
const state = (label: string, chain: number): { W: number[][]; b: number[] } => {
  const live = Number.parseInt(label, 10);
  const sigma = label.length - 1;
  const k = Math.max(4, live);
  const [length, bias] = gons[k]!;
  const angles = Array.from({ length: k }, (_, i) => chain + (2 * Math.PI * i) / k);
  const padded = (values: number[]) => [...values, ...new Array<number>(6 - k).fill(0.01)];
  return {
    W: [padded(angles.map(angle => length * Math.cos(angle))), padded(angles.map(angle => length * Math.sin(angle)))],
    b: [
      ...angles.map((_, i) => (i < live ? bias : -1.2)),
      ...Array.from({ length: 6 - k }, (_, i) => (i < sigma ? 1 / 12 : -0.4 * wobble(chain + i))),
    ],
  };
};

const pick = (choices: readonly (readonly [number, ...string[]])[], percent: number): string[] => {
  let sum = 0;
  for (const [share, ...labels] of choices) {
    sum += share;
    if (percent < sum) return labels;
  }
  return choices[0]!.slice(1) as string[];
};

/** A number in [0, 1) that looks irregular and is always the same. */
const wobble = (n: number): number => {
  const bits = Math.imul(Math.floor(n) + 1, 0x9e3779b1) >>> 0;
  return (Math.imul(bits ^ (bits >>> 15), 0x85ebca6b) >>> 0) / 2 ** 32;
};
