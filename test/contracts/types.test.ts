import { expect, test } from "vitest";
import { namesOf } from "../../src/contracts/field.ts";
import { learner } from "../../src/contracts/learner.ts";
import { protocol } from "../../src/contracts/protocol.ts";
import type { RunView } from "../../src/contracts/run-view.ts";
import { theory } from "../../src/contracts/system.ts";
import { anneal } from "../../src/protocols/anneal.ts";
import { study } from "../../src/protocols/study.ts";
import { type SystemName, systems } from "../../src/systems/index.ts";
import { quadratic } from "../learning/quadratic.ts";

/*
 * What the compiler refuses. Nothing here runs: `npm run check` compiles it, and a line marked @ts-expect-error that compiles is an error
 * of its own.
 */

const shapes = { round: 1, square: 2 };

const follower = learner({
  controls: {
    x: { kind: "number", summary: "where the minimum is", default: 0 },
    shape: { kind: "choice", summary: "shape", default: "round", choices: namesOf(shapes) },
  },
  sweeps: { x: { from: 0, to: 1 } },
  objective: ({ x }) => quadratic([x]),
  start: () => new Float64Array(1),
  observe: (_, w) => ({ order: w[0], label: "only", width: 2 }),
  order: { label: "w" },
  phases: () => [{ label: "only", loss: 0 }],
  small: {},
});
const sweeping = anneal(follower);
const sweep = study("sweep", sweeping, { settings: { x: 1, shape: "square", steps: 10 } });
const census = protocol<{ final: { readonly loss: number } }>()({
  name: "census",
  summary: "counts",
  settings: { steps: { kind: "integer", summary: "steps", default: 10 } },
  run({ settings }, context) {
    context.record("final", { loss: settings.steps });
  },
});

const refused = (run: RunView): unknown[] => [
  // Record fields and kinds.
  sweep.of(run, "sweep").map(({ width, order }) => width + order),
  // @ts-expect-error a misspelt field of a record
  sweep.of(run, "sweep").map(({ widht }) => widht),
  // @ts-expect-error a kind of record that the protocol does not write
  sweep.of(run, "checkpoint"),
  // @ts-expect-error a field that the protocol's records do not have
  study("census", census).of(run, "final")[0].los,
  // Studies are values: another name is another variable, which there is none of.
  // @ts-expect-error a misspelt study
  sweeps.of(run, "sweep"),
  // @ts-expect-error records of a kind that a figure cannot need of this study
  sweep.has("draws"),
  // Settings and choices.
  sweep.settings(run).shape === "round",
  // @ts-expect-error a misspelt choice
  sweep.settings(run).shape === "rond",
  // @ts-expect-error a misspelt choice in a study
  study("sweep", sweeping, { settings: { shape: "sqare" } }),
  // @ts-expect-error a misspelt setting in a study
  study("sweep", sweeping, { settings: { step: 10 } }),
  // @ts-expect-error a number where a choice is
  study("sweep", sweeping, { settings: { shape: 3 } }),
  // Systems.
  systems.superposition.load(),
  // @ts-expect-error a misspelt system
  systems.superpositon.load(),
  // @ts-expect-error a misspelt name of a system
  "superpositon" satisfies SystemName,
  // Closed forms.
  theory({
    summary: "",
    where: "",
    inputs: { k: { kind: "integer", summary: "" }, m: { kind: "matrix", summary: "" } },
    // @ts-expect-error a misspelt input
    evaluate: ({ kk }) => kk,
  }),
];

const learners = [
  learner({
    ...follower,
    // @ts-expect-error a control that there is none of
    sweeps: { y: { from: 0, to: 1 } },
  }),
  protocol<{ final: { readonly loss: number } }>()({
    name: "census",
    summary: "counts",
    settings: {},
    run(_, context) {
      // @ts-expect-error a misspelt field in what is recorded
      context.record("final", { los: 1 });
    },
  }),
];

test("a study that is declared keeps its name and what is set", () => {
  expect(sweep.full).toEqual({
    name: "sweep",
    protocol: "anneal",
    chains: 1,
    settings: { x: 1, shape: "square", steps: 10 },
  });
});

// Compiled and never run.
void [refused, learners];
