import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { auditCommand } from "../../src/cli/commands/audit.ts";
import { coefficientCommand } from "../../src/cli/commands/coefficient.ts";
import { compareTheoryCommand } from "../../src/cli/commands/compare-theory.ts";
import { diagnoseCommand } from "../../src/cli/commands/diagnose.ts";
import { dissimilarityCommand } from "../../src/cli/commands/dissimilarity.ts";
import { susceptibilityCommand } from "../../src/cli/commands/susceptibility.ts";
import { fieldValue } from "../../src/cli/option-values.ts";
import type { Session } from "../../src/cli/session.ts";
import type { System } from "../../src/contracts/system.ts";
import { packNpz } from "../../src/formats/pack-npz.ts";
import { listedSystems } from "../../src/systems/index.ts";

/** A call, as the words after `landau`. */
export type Words = readonly string[];

/** Numbers of which those that an option allows are tried: the least and the largest that there are, and those at which counts of bits end. */
const NUMBERS = [
  "-1.7976931348623157e308",
  "-9007199254740991",
  "-1",
  "0",
  "5e-324",
  "1e-300",
  "1",
  "2",
  "3",
  "16",
  "64",
  "1000",
  "65536",
  "1e6",
  "1000000",
  "2147483648",
  "1e9",
  "1000000000",
  "4294967296",
  "9007199254740991",
  "1e300",
  "1.7976931348623157e308",
];

const made = (make: (session: Session) => Command, system: System | undefined): Command => {
  const output = { write: () => {} };
  const { signal } = new AbortController();
  return make({ terminal: { stdout: output, stderr: output, env: {}, signal }, call: "landau", system, exitCode: 0 });
};

/** The least and the largest of the numbers that an option allows. */
const ends = (parse: (word: string) => unknown): readonly string[] => {
  const allowed = NUMBERS.filter(word => {
    try {
      return typeof parse(word) === "number";
    } catch {
      return false;
    }
  });
  return allowed.length > 0 ? [...new Set([allowed[0], allowed.at(-1)!])] : [];
};

/** Small inputs of the commands that take files, in a folder. */
const filesIn = (folder: string): { readonly [name: string]: string } => {
  mkdirSync(folder, { recursive: true });
  const file = (name: string, content: string | Uint8Array) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const engine = resolve(import.meta.dirname, "../../src/engine/model.ts");
  const x = Float64Array.from({ length: 60 }, (_, i) => (i - 29.5) / 20);
  return {
    model: file(
      "line.mjs",
      `import { model as traced } from ${JSON.stringify(engine)};\nexport const model = traced((m, { x, y }) => m.squaredError(m.matmul(x, m.parameter("w", [1, 1])), y));\n`,
    ),
    data: file("data.npz", packNpz({ x: { shape: [60, 1], data: x }, y: { shape: [60, 1], data: x } })),
    weights: file("weights.npz", packNpz({ w: { shape: [1, 1], data: Float64Array.of(1) } })),
    outputs: file(
      "outputs.csv",
      `control,output\n${Array.from({ length: 400 }, (_, i) => `${i % 20},${((i * 7919) % 101) / 100}`).join("\n")}\n`,
    ),
    scores: file(
      "scores.csv",
      `task,scale,exact,continuous\n${Array.from({ length: 8 }, (_, i) => `a,${10 ** (6 + i / 2)},${i / 10},${-1 / (i + 1)}`).join("\n")}\n`,
    ),
    draws: file(
      "draws.csv",
      `chain,loss\n${Array.from({ length: 200 }, (_, i) => `${1 + (i >= 100 ? 1 : 0)},${((i * 7919) % 101) / 100}`).join("\n")}\n`,
    ),
  };
};

/** Calls that compute on this thread, with each of their numeric options at its ends, and all closed forms with each of their inputs at its. */
export const extremeCalls = async (root: string, folder: string): Promise<readonly Words[]> => {
  const { model, data, weights, outputs, scores, draws } = filesIn(folder);
  const superposition = await listedSystems.superposition.load();
  const bases: readonly (readonly [(session: Session) => Command, Words])[] = [
    [coefficientCommand, ["coefficient", "superposition", "--at", "5+", "--budget", "2000"]],
    [
      susceptibilityCommand,
      ["susceptibility", model, "--data", data, "--at", weights, "--draws", "64", "--chains", "2"],
    ],
    [
      compareTheoryCommand,
      ["compare-theory", join(root, "examples/12-two-points.mjs"), "--seeds", "1", "--steps", "50"],
    ],
    [dissimilarityCommand, ["dissimilarity", outputs]],
    [diagnoseCommand, ["diagnose", draws, "--nBeta", "10", "--baseline", "0"]],
    [auditCommand, ["audit", scores]],
  ];
  const calls: Words[] = [];
  for (const [make, base] of bases) {
    for (const option of made(make, superposition).options.filter(({ required, hidden }) => required && !hidden))
      for (const word of ends(word => option.parseArg?.(word, undefined as never)))
        calls.push([...base, option.long!, word]);
  }
  for (const [name, { load }] of Object.entries(listedSystems)) {
    const system = await load();
    for (const [form, { inputs }] of Object.entries(system.theory)) {
      const extremes = Object.entries(inputs)
        .map(([input, field]) => [`--${input}`, ends(word => fieldValue(input, word, field))] as const)
        .filter(([, words]) => words.length > 0);
      for (const [long, words] of extremes) for (const word of words) calls.push(["theory", name, form, long, word]);
      if (extremes.length > 1)
        for (const end of [0, -1])
          calls.push(["theory", name, form, ...extremes.flatMap(([long, words]) => [long, words.at(end)!])]);
    }
  }
  return calls;
};
