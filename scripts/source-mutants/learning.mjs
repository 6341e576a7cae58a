/** Optimisers, schedules, the training loop. */
const tests = (...names) => names.map(name => `test/learning/${name}.test.ts`);

export const learning = [
  {
    file: "src/learning/adam.ts",
    tests: [...tests("optimisers"), "test/engine/updates.test.ts"],
    mutants: [
      ["out[2] = 1 / (1 - state.power2)", "out[2] = 1 / (1 - state.power1)", "correction of the second moment"],
      ["(Math.sqrt(v * correction2) + epsilon)", "Math.sqrt(v * correction2 + epsilon)", "where epsilon is added"],
      ["out[3] = 1 - out[0] * weightDecay", "out[3] = 1 - weightDecay", "decoupled weight decay without the step size"],
      ["beta2 * square[i] + fresh2 * g * g", "beta2 * square[i] + fresh1 * g * g", "weight of a fresh square"],
      [
        "a.add(a.sqrt(a.mul(square, correction2)), epsilon)",
        "a.sqrt(a.mul(square, correction2))",
        "epsilon of compiled Adam",
      ],
    ],
  },
  {
    file: "src/learning/loops/steps.ts",
    tests: tests("optimisers", "networks/steps"),
    mutants: [
      ["if (loss - loss !== 0) return step;", "", "steps go on beyond all numbers"],
      ["(isNesterov === 1 ? g + momentum * v : v)", "v", "Nesterov's look ahead is missing"],
      [": gradient[i] + l2 * w[i]);", ": gradient[i] + 2 * l2 * w[i]);", "strength of a quadratic penalty"],
    ],
  },
  {
    file: "src/learning/networks/loops/linear.ts",
    tests: tests("networks/gradients", "networks/steps"),
    mutants: [
      ["sum - 2 * constants[n + i]", "sum - constants[n + i]", "the pull of the targets is halved"],
      [
        "gradient[row + j] = factor * space[right + j];",
        "gradient[row + j] = space[right + j];",
        "a layer forgets those above it",
      ],
    ],
  },
  {
    file: "src/learning/networks/loops/noisy-linear.ts",
    tests: tests("networks/gradients", "networks/steps"),
    mutants: [
      [
        "i === j ? sum * (1 + constants[D + 1 + l]) : sum",
        "sum * (1 + constants[D + 1 + l])",
        "noise of all moments, not of squares",
      ],
      ["if (l > 1) {", "if (l > 2) {", "the first layer is not reached"],
    ],
  },
  {
    file: "src/learning/networks/loops/penalty.ts",
    tests: tests("networks/gradients"),
    mutants: [["gradient[i] += 2 * gamma * w[i]", "gradient[i] += gamma * w[i]", "half the slope of the decay"]],
  },
  {
    file: "src/learning/gradients.ts",
    tests: ["test/systems/superposition/model/minibatch.test.ts"],
    mutants: [
      ["from + (until - step) * batch, samples", "samples, samples", "many steps pass a checkpoint"],
      ["{ from, to, batch }, rule", "{ from: 0, to, batch }, rule", "many steps begin with the epoch"],
    ],
  },
  {
    file: "src/learning/heavy-ball.ts",
    tests: [...tests("optimisers"), "test/engine/updates.test.ts"],
    mutants: [
      [
        "nesterov ? a.add(g, a.mul(momentum, velocity)) : velocity",
        "velocity",
        "Nesterov's look ahead is missing from compiled code",
      ],
    ],
  },
  {
    file: "src/learning/schedules.ts",
    tests: tests("schedules"),
    mutants: [
      ["((step + 1) / steps) * top", "(step / steps) * top", "a warm-up begins at nought"],
      ["(Math.PI * step) / steps", "(Math.PI * step) / (steps + 1)", "length of a cosine decay"],
      ["Math.floor(step / every)", "Math.ceil(step / every)", "when a step decay falls"],
      ["const slope = log(factor) / every", "const slope = log(factor)", "rate of an exponential decay"],
      ["(step - left) / (right - left)", "(step - left) / right", "slope of a piece"],
    ],
  },
  {
    file: "src/learning/gradient-clipping.ts",
    tests: tests("gradient-clipping"),
    mutants: [
      ["Math.max(-value, gradient[i])", "Math.max(0, gradient[i])", "negative entries are clipped to nought"],
      ["const factor = clip.norm / length", "const factor = length / clip.norm", "a long gradient is made longer"],
    ],
  },
  {
    file: "src/learning/patience.ts",
    tests: tests("patience"),
    mutants: [["value < state.best - improvement", "value < state.best", "any improvement counts"]],
  },
  {
    file: "src/learning/plateaus.ts",
    tests: tests("plateaus"),
    mutants: [
      ["if (end - from >= points)", "if (end - from > points)", "least length of a plateau"],
      ["to: end - 1", "to: end", "last point of a plateau"],
    ],
  },
  {
    file: "src/learning/gradient-flow.ts",
    tests: tests("gradient-flow"),
    mutants: [["slope[i] = -slope[i]", "slope[i] = -2 * slope[i]", "the flow runs twice as fast"]],
  },
  {
    file: "src/learning/checkpoints.ts",
    tests: tests("checkpoints"),
    mutants: [["(log(last) * i) / (count - 1)", "(log(last) * i) / count", "where checkpoints lie in the logarithm"]],
  },
  {
    file: "src/learning/parameter-groups.ts",
    tests: tests("parameter-groups"),
    mutants: [["groups[i] === group", "groups[i] >= group", "an array belongs to two groups"]],
  },
  {
    file: "src/learning/step-size.ts",
    tests: tests("optimisers", "schedules"),
    mutants: [["state.step = step + 1", "state.step = step", "a schedule stands still"]],
  },
];
