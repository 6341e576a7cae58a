import { writeFileSync } from "node:fs";
import { learningCoefficient } from "../../src/coefficient/estimate/index.ts";
import type { SampledObjective } from "../../src/contracts/objective.ts";
import { model } from "../../src/engine/model.ts";
import { objective } from "../../src/experiments/objective.ts";
import { flatPoint } from "../../src/experiments/point.ts";
import { packNpz } from "../../src/formats/pack-npz.ts";
import { pythonModel } from "../../src/lab/node/python/model.ts";
import { remoteFunction } from "../../src/lab/node/python/remote.ts";
import { stream } from "../../src/numerics/stream.ts";

const [what, models, python, file, ...rest] = process.argv.slice(2);
const say = (answer: object) => console.log(JSON.stringify(answer));

/** Microseconds of a call: inside the function, and what the way there and back adds to it, in the middle and in the best tenth of the calls. */
const times = (size: number, calls: number) => {
  const { evaluate } = remoteFunction(models, python);
  const [w, loss, gradient] = [size, 1, size].map(length => new Float64Array(length));
  for (let i = 0; i < calls / 5; i++) evaluate(w, loss, gradient);
  const inside: number[] = [];
  const added: number[] = [];
  let before = 0;
  for (let i = 0; i <= calls; i++) {
    const begun = performance.now();
    evaluate(w, loss, gradient);
    const whole = 1000 * (performance.now() - begun);
    // A call says what the one before took inside.
    if (i > 0) {
      inside.push(1e6 * loss[0]);
      added.push(before - 1e6 * loss[0]);
    }
    before = whole;
  }
  return { inside: at(inside, 0.5), added: at(added, 0.5), best: at(added, 0.1) };
};

const at = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(share * values.length)];

const SAMPLES = 400;
const numbers = stream({ seed: 20261130, purpose: "bench python bridge" });
const normals = (...shape: number[]) => ({
  shape,
  data: Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => numbers.normal()),
});
const zeros = (...shape: number[]) => ({ shape, data: new Float64Array(shape.reduce((a, b) => a * b, 1)) });

/** Points that give the data exactly, so that K is the loss: a network's own outputs, or none at all. */
const places = {
  torch: () => {
    const x = normals(SAMPLES, 2);
    // Two of four hidden units are used: the others can be anything that cancels, or nothing.
    const hidden = normals(2, 4);
    const output = normals(4, 1);
    output.data.fill(0, 2);
    const net = model((m, { x, y }) => m.squaredError(m.linear("output", m.tanh(m.linear("hidden", x, 4)), 1), y));
    const y = zeros(SAMPLES, 1);
    for (let i = 0; i < SAMPLES; i++)
      for (let k = 0; k < 4; k++)
        y.data[i] +=
          output.data[k] * Math.tanh(x.data[2 * i] * hidden.data[k] + x.data[2 * i + 1] * hidden.data[4 + k]);
    const own = { "hidden.weight": hidden, "hidden.bias": zeros(4), "output.weight": output, "output.bias": zeros(1) };
    const torch = {
      "0.weight": {
        shape: [4, 2],
        data: Float64Array.from({ length: 8 }, (_, i) => hidden.data[(i % 2) * 4 + (i >> 1)]),
      },
      "0.bias": zeros(4),
      "2.weight": { shape: [1, 4], data: output.data },
      "2.bias": zeros(1),
    };
    return { net, data: { x, y }, own, theirs: torch };
  },
  jax: () => {
    const x = normals(SAMPLES, 3);
    const own = { hidden: zeros(3, 3), output: zeros(3, 1) };
    const net = model((m, { x, y }) =>
      m.squaredError(m.matmul(m.tanh(m.matmul(x, m.parameter("hidden", [3, 3]))), m.parameter("output", [3, 1])), y),
    );
    return { net, data: { x, y: zeros(SAMPLES, 1) }, own, theirs: own };
  },
  numpy: () => {
    const x = normals(SAMPLES, 4);
    const own = { in: zeros(4, 2), out: zeros(2, 3) };
    const net = model((m, { x, y }) =>
      m.squaredError(m.matmul(m.matmul(x, m.parameter("in", [4, 2])), m.parameter("out", [2, 3])), y),
    );
    return { net, data: { x, y: zeros(SAMPLES, 3) }, own, theirs: own };
  },
};

const lambdas = (which: keyof typeof places, budget: number) => {
  const { net, data, own, theirs } = places[which]();
  writeFileSync(file, packNpz({ ...data, ...theirs }));
  const native = objective(net, data);
  const at = flatPoint(native.parameters, own, which);
  const options = { samples: 10_000, budget, seed: 1, batch: SAMPLES };
  const estimate = (objective: SampledObjective, point: Float64Array) => {
    const begun = performance.now();
    const result = learningCoefficient(objective, point, options);
    if (result.kind === "failure") throw new Error(result.text);
    const { lambda, standardError, evaluations } = result;
    return { lambda, standardError, evaluations, seconds: (performance.now() - begun) / 1000 };
  };
  const remote = pythonModel(models, { python });
  const there = estimate(remote.objective as SampledObjective, remote.start);
  remote.close();
  return { native: estimate(native, at), there, check: remote.check.text };
};

if (what === "time") say(times(Number(rest[0]), Number(rest[1])));
else say(lambdas(rest[0] as keyof typeof places, Number(rest[1])));
