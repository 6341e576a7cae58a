import { learningCoefficient } from "../../src/coefficient/estimate/index.ts";
import { drawnModels } from "./drawn-models.ts";
import { models as known } from "./models.ts";

// Every parts-th model from number part on, with default settings; one line of JSON each. With a fourth seed the models are those that it draws.
const [seed, part, parts, drawn] = process.argv.slice(2).map(Number);
const models = drawn === undefined ? known : drawnModels(drawn).map(model => Object.assign(model, { more: true }));
models.forEach((model, index) => {
  if (index % parts !== part) return;
  const { name, family, dimension, multiplicity, minibatches, samples, truth, more } = model;
  const of = drawn === undefined ? {} : { drawn };
  const before = process.cpuUsage().user;
  const result = learningCoefficient(model.objective(), model.point(), { seed, samples });
  const seconds = (process.cpuUsage().user - before) / 1e6;
  const about = { ...of, seed, index, name, family, more, dimension, multiplicity, minibatches, truth, seconds };
  const { kind, evaluations } = result;
  const said =
    result.kind === "estimate"
      ? {
          lambda: result.lambda,
          standardError: result.standardError,
          interval: result.interval,
          probabilities: result.multiplicity.probabilities,
          flagged: result.health.outcome !== "good",
          text: result.health.text,
        }
      : { flagged: true, text: `${result.reason}: ${result.text}` };
  const rows = result.rows.map(({ nBeta, gamma, value, error, plain, truncations, draws, unconverged }) => [
    nBeta,
    gamma,
    value,
    error,
    plain,
    truncations,
    draws,
    unconverged,
  ]);
  console.log(JSON.stringify({ ...about, kind, evaluations, ...said, rows }));
});
