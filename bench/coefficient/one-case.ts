import { learningCoefficient } from "../../src/coefficient/estimate/index.ts";
import { stream } from "../../src/numerics/stream.ts";
import { models } from "./models.ts";

/** Points at which another program can see that it has the same loss. */
const PROBES = 4;

// One model with default settings, as JSON.
const [name, seed] = process.argv.slice(2);
const model = models.find(each => each.name === name);
if (!model) throw new Error(`no model ${name}`);
const { dimension, samples, truth, multiplicity } = model;
const [objective, point] = [model.objective(), model.point()];

const before = process.cpuUsage();
const result = learningCoefficient(objective, point, { seed: Number(seed), samples });
const { user, system } = process.cpuUsage(before);

const numbers = stream({ seed: 0, purpose: "probes" });
const probes = Array.from({ length: PROBES }, () => {
  const w = new Float64Array(dimension);
  numbers.normals(w);
  for (let i = 0; i < dimension; i++) w[i] = point[i] + 0.5 * w[i];
  return { w: [...w], loss: objective.loss(w) - objective.loss(point) };
});
console.log(
  JSON.stringify({
    ...{ name, dimension, samples, truth, multiplicity, point: [...point], probes },
    seconds: (user + system) / 1e6,
    ...(result.kind === "estimate"
      ? { lambda: result.lambda, interval: result.interval, flagged: result.health.outcome !== "good" }
      : { text: result.text }),
  }),
);
