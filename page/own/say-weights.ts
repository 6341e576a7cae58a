import { learningCoefficient } from "../../src/coefficient/estimate/learning-coefficient.ts";
import { defaultsOf } from "../../src/contracts/field.ts";
import type { NamedArrays } from "../../src/contracts/protocol.ts";
import { flatPoint } from "../../src/experiments/point.ts";
import { loadSystem } from "../../src/systems/index.ts";
import type { Said } from "../workers/file-messages.ts";

/** Evaluations of the loss: a few seconds. */
const BUDGET = 200_000;
const SAMPLES = 10_000;

/** The arrays of a file; with a system, its learning coefficient at these weights, as `landau coefficient SYSTEM --at FILE` has it. */
export const sayWeights = async (
  name: string,
  arrays: NamedArrays,
  system: string | undefined,
  say: (said: Said) => void,
): Promise<void> => {
  const all = Object.entries(arrays);
  say({
    title: `${name}: ${all.length} arrays, ${all.reduce((sum, [, { data }]) => sum + data.length, 0)} numbers`,
    table: {
      columns: ["array", "shape", "norm", "least", "largest", "not finite"],
      rows: all.map(([array, { shape, data }]) => {
        let [square, low, high, bad] = [0, Infinity, -Infinity, 0];
        for (const value of data) {
          if (!Number.isFinite(value)) {
            bad++;
            continue;
          }
          square += value * value;
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
        return [array, shape.join(" x ") || "one number", Math.sqrt(square), low, high, bad];
      }),
    },
  });
  if (system === undefined) return;
  const { learner } = await loadSystem(system);
  if (!learner) return say({ title: system, lines: ["It has no learner, so that weights mean nothing to it."] });
  const settings = defaultsOf(learner.controls);
  const objective = learner.objective(settings as never, { seed: 0, chain: 0 });
  const w = flatPoint(objective.parameters, arrays, name);
  const result = learningCoefficient(objective, w, { budget: BUDGET, samples: SAMPLES });
  if (result.kind === "failure") return say({ title: `no estimate: ${result.reason}`, lines: [result.text] });
  const { lambda, interval, health } = result;
  const isGood = health.outcome === "good" || health.outcome === "doubtful";
  say({
    title: isGood
      ? `lambda ${lambda.toPrecision(4)} (95 %: ${interval.map(end => end.toPrecision(4)).join(" to ")})`
      : "not enough draws yet",
    lines: health.findings.map(({ name: sign, outcome, text }) => `${sign}: ${outcome}. ${text}`),
  });
};
