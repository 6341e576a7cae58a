import { join } from "node:path";
import * as z from "zod";
import { LandauError } from "../../errors.ts";
import type { CompleteSpec } from "../complete-spec.ts";
import { parseJson } from "../json-text.ts";
import { chunksOf, type Task, taskOf } from "../tasks.ts";
import { readIfThere, writeAtomically } from "./files.ts";

/** The tasks of later rounds, so that a run can be read without the code that planned it. Resuming does not trust it: it plans anew. */
export const PLAN = "plan.json";

/** A task as run.json and plan.json list it; the rest follows from the spec, and the id says whether it is right. */
export const listedTask = z.object({
  id: z.string(),
  study: z.string(),
  from: z.number(),
  to: z.number(),
  piece: z.record(z.string(), z.json()).optional(),
});
type ListedTask = z.infer<typeof listedTask>;

export const listed = ({ id, study, from, to, piece }: Task) => ({ id, study, from, to, ...(piece && { piece }) });

/** `writer` makes the name of the unfinished file its own where several processes may plan. */
export const writePlan = (folder: string, tasks: readonly Task[], writer?: string): void => {
  const path = join(folder, PLAN);
  const text = `${JSON.stringify({ tasks: tasks.map(listed) }, null, 2)}\n`;
  writeAtomically(path, text, writer === undefined ? undefined : `${path}.${writer}.part`);
};

/**
 * All tasks of a run whose run.json lists `first`; undefined when there is no plan.json. Throws a LandauError of kind "store" for one that is not
 * of the spec.
 */
export const readPlan = (
  folder: string,
  spec: CompleteSpec,
  first: readonly ListedTask[],
): readonly Task[] | undefined => {
  const path = join(folder, PLAN);
  const bytes = readIfThere(path);
  if (!bytes) return undefined;
  const { data } = planSchema.safeParse(parseJson(new TextDecoder().decode(bytes), path, "store"));
  const tasks = data && tasksOfList(spec, [...first, ...data.tasks]);
  if (tasks) return tasks;
  throw new LandauError(
    "store",
    `${path} is not a plan of the spec: restore it, or where the run is not finished delete it: resuming plans anew`,
  );
};

const planSchema = z.object({ tasks: z.array(listedTask) });

/** The tasks of a list, or undefined when it is not one of the spec: an id is wrong, or a study without a plan lacks one of its chunks. */
export const tasksOfList = (spec: CompleteSpec, list: readonly ListedTask[]): readonly Task[] | undefined => {
  const studies = new Map(spec.studies.map(study => [study.name, study]));
  const planned = new Set(list.filter(({ piece }) => piece).map(({ study }) => study));
  const whole = spec.studies.filter(({ name }) => !planned.has(name));
  const expected = whole.flatMap(study => chunksOf(study).map(({ from, to }) => `${study.name} ${from} ${to}`));
  const found = list.filter(({ piece }) => !piece).map(({ study, from, to }) => `${study} ${from} ${to}`);
  if (found.length !== expected.length || found.some((one, i) => one !== expected[i])) return undefined;
  const tasks = list.map(({ id, study, ...part }, index) => {
    const of = studies.get(study);
    const task = of && taskOf(spec, of, part, index);
    return task?.id === id ? task : undefined;
  });
  return tasks.includes(undefined) ? undefined : (tasks as readonly Task[]);
};
