import { expect, test } from "vitest";
import { completeSpec } from "../../src/lab/complete-spec.ts";
import { plan } from "../../src/lab/plan.ts";
import { studyProgress } from "../../src/lab/study-progress.ts";
import { taskOf } from "../../src/lab/tasks.ts";
import { systems } from "./fixture-system.ts";

const spec = completeSpec(
  {
    system: "fixture",
    seed: 0,
    studies: [
      { name: "a", protocol: "walk", chains: 10, chunk: 3, settings: {} },
      { name: "b", protocol: "walk", chains: 1, settings: {} },
    ],
  },
  systems,
);
const tasks = plan(spec, systems);

/** How the progress of tasks is told onward, when all of them are known from the start. */
const telling = (tell: (study: string, done: number) => void) => {
  const { round, update } = studyProgress(spec.studies, tell);
  round(tasks);
  return update;
};

test("tasks under way count as their part, each study by itself", () => {
  const told: (readonly [string, number])[] = [];
  const progress = telling((study, done) => told.push([study, done]));
  progress(tasks[0], 0);
  progress(tasks[0], 1.5);
  progress(tasks[1], 0.25);
  progress(tasks[4], 0.5);
  progress(tasks[0], 2.75);
  expect(told).toEqual([
    ["a", 0],
    ["a", 1.5],
    ["a", 1.75],
    ["b", 0.5],
    ["a", 3],
  ]);
});

test("whatever the parts were, a study that is done has exactly all its chains, and tells that once", () => {
  const told: number[] = [];
  const progress = telling((_, done) => told.push(done));
  for (const task of tasks.slice(0, 4)) {
    const chains = task.to - task.from;
    for (let part = 0.3; part < chains; part += 0.3) progress(task, part);
    progress(task, chains);
    progress(task, chains);
  }
  expect(told.filter(done => done === 10)).toEqual([10]);
  expect(told.at(-1)).toBe(10);
});

test("a plan that may go on leaves a piece of each chain to come; what was told never falls", () => {
  const study = { name: "p", protocol: "walk", chains: 2, chunk: 2, settings: {} };
  const planned = completeSpec({ system: "fixture", seed: 0, studies: [study] }, systems);
  const [of] = planned.studies;
  const told: number[] = [];
  const { round, update } = studyProgress(planned.studies, (_, done) => told.push(done));
  const piece = (index: number) => taskOf(planned, of, { from: 0, to: 2, piece: { index } }, index);
  const first = [0, 1, 2].map(piece);
  round(first);
  update(first[0], 1);
  for (const task of first) update(task, 2);
  expect(told).toEqual([2 / 8, 4 / 8, 8 / 8, 12 / 8]);
  const second = [piece(3)];
  round(second);
  update(second[0], 0);
  update(second[0], 2);
  expect(told.slice(4)).toEqual([12 / 8, 16 / 10]);
  round([]);
  expect(told.slice(6)).toEqual([2]);
});
