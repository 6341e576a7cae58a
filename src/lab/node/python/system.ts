import { basename, extname } from "node:path";
import { learner } from "../../../contracts/learner.ts";
import type { System } from "../../../contracts/system.ts";
import { posterior } from "../../../protocols/posterior.ts";
import { type PythonModel, pythonModel, sourceOf } from "./model.ts";

/** One Python for a file and a thread, which ends with the thread. */
const started = new Map<string, PythonModel>();

/** The model of a file, started when it is first asked for. */
export const startedModel = (path: string): PythonModel => {
  const key = `${sourceOf(path)} ${path}`;
  const found = started.get(key) ?? pythonModel(path);
  started.set(key, found);
  return found;
};

/** A model in Python as a system that the lab can sample: it has no phases and no theory, but all that comes with runs. */
export const pythonSystem = (path: string): System => {
  const model = startedModel(path);
  const { objective, start, samples, source } = model;
  const own = learner({
    controls: {
      source: {
        kind: "choice",
        summary: "hash of the file that holds the model: a run goes on only with the model it began with",
        default: source.slice(0, 16),
        choices: [source.slice(0, 16)],
      },
    },
    sweeps: {},
    objective: () => objective,
    start: () => start.slice(),
    observe(_, w) {
      let square = 0;
      for (let i = 0; i < w.length; i++) square += (w[i] - start[i]) * (w[i] - start[i]);
      return { order: Math.sqrt(square), label: "around w0" };
    },
    order: { label: "distance from w0" },
    phases: () => [],
    small: {},
  });
  const sampled = posterior(own, { summary: "sample the posterior of the model" });
  const nBeta = { ...sampled.settings.nBeta, default: Math.max(sampled.settings.nBeta.min, samples) };
  const name = basename(path, extname(path));
  return {
    name,
    title: name,
    summary: "a model in Python",
    source: { citation: "", url: "" },
    theory: {},
    learner: own,
    protocols: { posterior: { ...sampled, settings: { ...sampled.settings, nBeta } } } as System["protocols"],
    studies: [],
    claims: [],
    vectors: {},
  };
};
