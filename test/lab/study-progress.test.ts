import { expect, test } from "vitest";
import { completeSpec } from "../../src/lab/complete-spec.ts";
import { plan } from "../../src/lab/plan.ts";
import { studyProgress } from "../../src/lab/study-progress.ts";
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
