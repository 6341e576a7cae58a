import { expect, test } from "vitest";
import { type CompleteSpec, completeSpec } from "../../src/lab/complete-spec.ts";
import { plan } from "../../src/lab/plan.ts";
import type { Spec } from "../../src/lab/spec.ts";
import { inReadingOrder, type Task, taskName } from "../../src/lab/tasks.ts";
import { systems } from "./fixture-system.ts";

const spec = (change: Partial<Spec> = {}): CompleteSpec =>
  completeSpec(
    {
      system: "fixture",
      seed: 7,
      studies: [{ name: "walks", protocol: "walk", chains: 5, chunk: 2, settings: { steps: 5 } }],
      ...change,
    },
    systems,
  );

const ids = (of: CompleteSpec) => plan(of, systems).map(({ id }) => id);

test("the chains of a study are cut into chunks, the last as it comes", () => {
  const tasks = plan(spec(), systems);
  expect(tasks.map(({ index, from, to }) => [index, from, to])).toEqual([
    [0, 0, 2],
    [1, 2, 4],
    [2, 4, 5],
  ]);
  expect(tasks[1]).toMatchObject({ study: "walks", system: "fixture", protocol: "walk", seed: 7 });
  expect(tasks[1].settings).toEqual({ steps: 5, scale: 1, shape: "normal" });
  expect(tasks.map(taskName)).toEqual([
    "task 0 (study walks, chains 0 to 1)",
    "task 1 (study walks, chains 2 to 3)",
    "task 2 (study walks, chain 4)",
  ]);
});

test("a task's name is that of its content and stays what it was in earlier versions", () => {
  expect(ids(spec())).toMatchInlineSnapshot(`
    [
      "32097bbff6bc7427",
      "d976e6ce9ce989f0",
      "3452376b24ad507e",
    ]
  `);
});

test("everything that determines the result changes the name", () => {
  const study = spec().studies[0];
  const changed: Spec[] = [
    spec({ seed: 8 }),
    spec({ studies: [{ ...study, settings: { ...study.settings, steps: 6 } }] }),
    spec({ studies: [{ ...study, chunk: 3 }] }),
    spec({ studies: [{ name: "walks", protocol: "bad", chains: 2, chunk: 2, settings: {} }] }),
  ];
  const all = [spec(), ...changed].map(one => ids(one as CompleteSpec)[0]);
  expect(new Set(all).size).toBe(all.length);
});

test("defaults given or left out, the study's name, the title and other studies do not", () => {
  const study = spec().studies[0];
  const renamed = spec({ title: "other", studies: [{ ...study, name: "other", settings: { scale: 1, steps: 5 } }] });
  expect(ids(renamed)).toEqual(ids(spec()));
  const twice = spec({ studies: [study, { ...study, name: "again" }] });
  expect(ids(twice)).toEqual([...ids(spec()), ...ids(spec())]);
  expect(plan(twice, systems).map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
});

test("tasks of pieces are read by chain and piece, numbers by size", () => {
  const task = (from: number, piece: { readonly [name: string]: number | string }): Task =>
    ({ study: "cells", from, piece, isFree: true }) as unknown as Task;
  const ordered = [
    task(0, { x: 2, y: "a" }),
    task(0, { x: 2, y: "b" }),
    task(0, { x: 10, y: "a" }),
    task(1, { x: 1, y: "a" }),
  ];
  const [a, b, c, d] = ordered;
  expect(inReadingOrder([d, b, c, a])).toEqual(ordered);
  expect(inReadingOrder([c, d, a, b])).toEqual(ordered);
});
