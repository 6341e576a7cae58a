import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { listedSystems } from "../../src/systems/index.ts";
import { emptyFolder } from "../support/scratch.ts";
import { call } from "./call.ts";

const folder = emptyFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const systems = await Promise.all(Object.values(listedSystems).map(({ load }) => load()));
const names = systems.filter(({ learner }) => !learner).map(({ name }) => name);

test("there are systems in which nothing learns", () => {
  expect(names).toContain("tame");
});

test.each(
  names.flatMap(name =>
    [["train"], ["anneal"], ["sweep"], ["sample"], ["coefficient", "--at", "somewhere"], ["order"]].map(
      ([verb, ...more]) => [verb, name, more] as const,
    ),
  ),
)("%s %s says in one line why it has no meaning, and which verbs have", async (verb, name, more) => {
  const { code, stdout, stderr } = await call([verb, name, ...more]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(
    new RegExp(
      `^landau: ${name} has nothing that learns, hence .*: .*reproduce ${name} puts .*, .*theory ${name} lists .*\\n$`,
    ),
  );
});

test("so does order of a run of one", async () => {
  const runs = join(folder, "runs");
  const [made] = await Promise.all([call(["reproduce", "tame", "--only", "sine-shatters", "--runs", runs, "--json"])]);
  expect(made.code, made.stderr).toBe(0);
  const { code, stderr } = await call(["order", "last", "--runs", runs]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^landau: tame has nothing that learns, hence no order parameter .*\n$/);
});
