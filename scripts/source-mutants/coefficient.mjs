/** Learning coefficients: estimators, the health of their results, and closed forms. */
const estimate = (...names) => names.map(name => `test/coefficient/estimate/${name}.test.ts`);
const exact = (...names) => names.map(name => `test/coefficient/exact/${name}.test.ts`);

export const coefficient = [
  {
    file: "src/coefficient/estimate/row.ts",
    tests: estimate("row", "cell", "findings"),
    mutants: [
      ["taken += gamma / (2 * (a + gamma))", "taken += gamma / (4 * (a + gamma))", "the localiser's correction halved"],
      ["slope += (a * gamma) / (2 *", "slope += (a * gamma) / (4 *", "the correction of the slopes halved"],
      ["average.virial > MOST_VIRIAL", "average.virial > 100 * MOST_VIRIAL", "no virial makes a row unconverged"],
      ["const DISAGREE = 1.05", "const DISAGREE = 1.5", "chains may disagree up to R-hat 1.5"],
      ["average.draws ? 0.5 : 0", "average.draws ? 0 : 0", "cut trajectories do not move a row to the plain average"],
      ["ess >= LEAST_ESS && virial <= MOST_VIRIAL", "ess >= LEAST_ESS", "the virial is never doubtful"],
      ["MOST_HAT = 1.02", "MOST_HAT = 1.2", "R-hat may be 1.2"],
      [
        "Math.min(DISAGREE, MOST_HAT + HAT_OF_FEW / ess)",
        "MOST_HAT + HAT_OF_FEW / ess",
        "chains that disagree count as good where they are few draws",
      ],
      ["virial <= MOST_VIRIAL && wholeError(row)", "wholeError(row)", "a small error outweighs a virial"],
    ],
  },
  {
    file: "src/coefficient/estimate/findings.ts",
    tests: estimate("findings"),
    mutants: [
      ["Math.abs(remaining) > far", "Math.abs(remaining) > 10 * far", "the limit is never far"],
      ["LEAST_ACCEPTANCE = 0.25", "LEAST_ACCEPTANCE = 0.0025", "minibatches may be refused nearly always"],
      [
        "(last.gamma * last.distance * last.distance) / (2 * drop)",
        "(last.gamma * last.distance * last.distance) / drop",
        "the law of escape doubled",
      ],
      ["MOST_COMPUTED = 0.5", "MOST_COMPUTED = 5", "an estimate may be all correction"],
      ["KNOWN_BADLY = 0.05", "KNOWN_BADLY = 0.5", "the last rows may be known to half of their value"],
    ],
  },
  {
    file: "src/coefficient/estimate/free-energy.ts",
    tests: estimate("free-energy"),
    mutants: [
      ["(a.slope - b.slope)", "(b.slope - a.slope)", "sign of the slope term of the free energy"],
      [
        "sum + nodes[0].energy + 0.5 * (nodes[0].energy - nodes[0].slope)",
        "sum",
        "what lies below the coldest temperature is left out",
      ],
      ["const rounding = (fine - coarse) / 3;", "const rounding = 0;", "the error of the quadrature is not counted"],
      [
        "n * problem.baseline + log(n) * wbic.energy",
        "n * problem.baseline + 0.9 * log(n) * wbic.energy",
        "temperature of WBIC",
      ],
    ],
  },
  {
    file: "src/coefficient/estimate/cell-average.ts",
    tests: estimate("cell"),
    mutants: [
      [
        "varianceOf += (heat[a] - 2 * pulled[a]) / n",
        "varianceOf += (heat[a] - pulled[a]) / n",
        "control variates in the slope by temperature",
      ],
      [
        "covariance += (2 * pulled[a]) / n",
        "covariance += pulled[a] / n",
        "control variates in the slope by the localiser",
      ],
      [
        "k !== chain || series.length === 1",
        "k >= 0",
        "control variates are fitted to the draws that they are taken from",
      ],
      ["own.energy[i] - centre[count + 1]", "own.energy[i]", "sums of products are not centred"],
      [
        "Math.max(varianceOf(count + 1), dimension[a - 1])",
        "varianceOf(count + 1)",
        "control variates of high temperatures are left out",
      ],
      [
        "square / (values.length - 1) / values.length",
        "square / values.length / values.length / 4",
        "errors of batches halved",
      ],
    ],
  },
  {
    file: "src/coefficient/estimate/control-variates.ts",
    tests: estimate("cell", "valley-floor"),
    mutants: [
      ["z[a] = virial - d", "z[a] = virial - 0.9 * d", "dimension in the virial"],
      ["slope += rate * byW[j]", "slope += 0", "free parameters take nothing along the floor"],
      [
        "other += rate * (w[j] - at[j])",
        "other += 0",
        "the localiser along a floor is that of the free parameter alone",
      ],
      [
        "!floor.slopesAt(foot, slopes)) slopes.fill(0)",
        "!floor.slopesAt(foot, slopes)) slopes.fill(1)",
        "slopes where there is no floor",
      ],
    ],
  },
  {
    file: "src/coefficient/estimate/valley-floor.ts",
    tests: estimate("valley-floor"),
    mutants: [
      ["if (k > 0) learn(B, step, change, turned);", "", "the curvature stays that at the point"],
      [
        "slopes[a * free.length + b] = -slope[a]",
        "slopes[a * free.length + b] = slope[a]",
        "floors move the other way",
      ],
    ],
  },
  {
    file: "src/coefficient/estimate/singular-moves.ts",
    tests: estimate("singular-moves"),
    mutants: [
      [
        "volume += log(Math.abs(values[chosen] * exp(2 * s) - Math.max(0, values[j])))",
        "volume += 0",
        "singular values do not repel each other",
      ],
      ["Math.abs(own.length - units) + 1", "own.length", "the density of a singular value is that of a vector"],
      ["exchange ? -other.length * s : 0", "0", "what the other matrix gains has no volume"],
    ],
  },
  {
    file: "src/coefficient/estimate/conclude-cooled.ts",
    tests: estimate("conclude-cooled"),
    mutants: [
      ["NEAR * climb - 2 *", "-NEAR * climb - 2 *", "rows where nothing is felt yet count"],
      ["far: isClimbing ? 0 : FAR", "far: FAR", "the end of a climb is never far"],
      ["+ Math.abs(lacking) / last.value) * lacking", ") * lacking", "what laws add is known alike however much it is"],
      ["short: isShort", "short: true", "a scan over many temperatures counts as short"],
    ],
  },
  {
    file: "src/coefficient/estimate/conclude.ts",
    tests: estimate("conclude"),
    mutants: [
      [
        "BEYOND = { plateau: 0.005, open: 0.08",
        "BEYOND = { plateau: 0.005, open: 0.008",
        "a scan that ended on its way is not widened",
      ],
      [
        'isTaken = ended === "escape" && !settled',
        'isTaken = ended === "escape"',
        "an escape after a plateau counts as a top",
      ],
      ["mixtureQuantile(mixture, 0.975)", "mixtureQuantile(mixture, 0.75)", "upper end of the interval"],
      ["const TOP_SPREAD = 0.4", "const TOP_SPREAD = 0.04", "an interval past a top"],
    ],
  },
  {
    file: "src/coefficient/estimate/asymptotics.ts",
    tests: estimate("asymptotics", "conclude"),
    mutants: [
      ["offset: -(m - 1) / x", "offset: (m - 1) / x", "sign of the logarithmic term"],
      ["Math.min(Math.max(mean, floor), ceiling)", "mean", "bounds of rank and number of parameters"],
      ["y: byTemperature - offsetSlope", "y: byTemperature + offsetSlope", "slope of the logarithmic term"],
    ],
  },
  {
    file: "src/coefficient/estimate/plateau.ts",
    tests: estimate("asymptotics", "conclude"),
    mutants: [
      ["const DRIFT = 0.03", "const DRIFT = 0.3", "a plateau may drift by 30 %"],
      ["const CHANCE = 2", "const CHANCE = 1", "one noisy row in three ends a plateau"],
      ["1 / (error * error + 1e-6 * value * value)", "1", "rows of a plateau weigh alike"],
    ],
  },
  {
    file: "src/coefficient/estimate/deficit.ts",
    tests: estimate("deficit"),
    mutants: [
      [
        "(along * along) / (2 * values[row])",
        "(along * along) / values[row]",
        "how far the loss falls from a point that is no minimum",
      ],
    ],
  },
  {
    file: "src/coefficient/estimate/hessian-trace.ts",
    tests: estimate("free-energy"),
    mutants: [["sum / (2 * step)", "sum / step", "the trace of the Hessian doubled"]],
  },
  {
    file: "src/coefficient/estimate/batch-losses.ts",
    tests: estimate("minibatches"),
    mutants: [
      [
        "v[i] * (slope[i] + 0.5 * bent[i])",
        "v[i] * (slope[i] + bent[i])",
        "second order of a batch's correction doubled",
      ],
    ],
  },
  {
    file: "src/coefficient/estimate/scale-moves.ts",
    tests: estimate("cell", "valley-floor", "coupling"),
    mutants: [
      ["return -at + volume * s > level;", "return -at > level;", "the volume of a stretch is left out"],
      ["trial[i] += height[i]", "trial[i] += 2 * height[i]", "moves along a floor double the height above it"],
      ["partnerOf(weights?.[order[k]], random) ?? order", "order", "exchanges with anyone"],
    ],
  },
  {
    file: "src/coefficient/estimate/mixture.ts",
    tests: estimate("asymptotics", "conclude"),
    mutants: [["sd * sd + (mean - centre) * (mean - centre)", "sd * sd", "the spread of a mixture's means"]],
  },
  {
    file: "src/coefficient/critical-size.ts",
    tests: ["test/systems/superposition/theory/critical-size.test.ts"],
    mutants: [
      ["rise > 0 && f(peak) < 0", "rise > 0 && f(peak) < -1", "two phases that never cross"],
      ["const slope = sign * kappa * deltaL", "const slope = sign * deltaL", "noise in the critical sample size"],
    ],
  },
  {
    file: "src/coefficient/exact/reduced-rank.ts",
    tests: exact("linear-networks", "building-rules"),
    mutants: [
      ["fraction(bracket + 1, 8), 2)", "fraction(bracket, 8), 2)", "the odd case of reduced rank regression"],
      ["if (M + H < N + r)", "if (M + H <= N + r)", "border of its second case"],
      [
        "a * (outputs - r) + b * (inputs - r - a)",
        "a * (outputs - r) + b * (inputs - r)",
        "regular directions at a point of higher rank",
      ],
    ],
  },
  {
    file: "src/coefficient/exact/deep-linear.ts",
    tests: exact("linear-networks"),
    mutants: [["taken * (copies - taken) + 1", "taken * copies + 1", "multiplicity of deep linear networks"]],
  },
  {
    file: "src/coefficient/exact/monomial-ideal.ts",
    tests: exact("monomial-ideal"),
    mutants: [["dim - fractionRank(met) + 1", "dim - fractionRank(met)", "multiplicity of a monomial ideal"]],
  },
  {
    file: "src/coefficient/exact/plane-curve.ts",
    tests: exact("plane-curve"),
    mutants: [["if (excess <= 0)", "if (excess < 0)", "a root as multiple as the distance is straightened"]],
  },
  {
    file: "src/coefficient/exact/box-average.ts",
    tests: exact("canonical-averages"),
    mutants: [["rates.length - others.length;", "1;", "poles of higher order in the average over a box"]],
  },
  {
    file: "src/coefficient/exact/localised-quadratic.ts",
    tests: exact("canonical-averages"),
    mutants: [
      [
        "logZ += 0.5 * (LN_TWO_PI - log(stiffness))",
        "logZ += 0.5 * (LN_TWO_PI + log(stiffness))",
        "sign in the partition function",
      ],
    ],
  },
  {
    file: "src/coefficient/exact/localised-power.ts",
    tests: exact("canonical-averages"),
    mutants: [["const strength = exp(logG) / 2", "const strength = exp(logG)", "strength of the localiser doubled"]],
  },
  {
    file: "src/coefficient/exact/langevin-bias.ts",
    tests: exact("langevin-bias"),
    mutants: [["1 - 0.25 * stepSize * a)", "1 - 0.5 * stepSize * a)", "bias of the step doubled"]],
  },
  {
    file: "src/coefficient/exact/harmonic.ts",
    tests: exact("harmonic"),
    mutants: [["x * (1 - x / 4)", "x * (1 - x / 2)", "how a Langevin chain forgets its start"]],
  },
  {
    file: "src/coefficient/exact/escape-law.ts",
    tests: exact("escape-law"),
    mutants: [["if (here <= there)", "if (here < there)", "phases of one coefficient escape after an infinite time"]],
  },
  {
    file: "src/coefficient/exact/rank-floor.ts",
    tests: exact("rank-floor"),
    mutants: [
      [
        "for (const signed of [distance, -distance])",
        "for (const signed of [distance])",
        "flat directions are walked one way",
      ],
      ["above < leastRatio * below", "above < below", "any gap in the spectrum is clear"],
    ],
  },
  {
    file: "src/coefficient/exact/symmetric-factorisation.ts",
    tests: exact("linear-networks", "building-rules"),
    mutants: [["- r * (r - 1)", "- r * (r + 1)", "symmetries of a factorisation"]],
  },
  {
    file: "src/coefficient/exact/diagonal-linear.ts",
    tests: exact("linear-networks", "building-rules"),
    mutants: [["1 + spare * (depth - 1)", "spare * (depth - 1)", "multiplicity of diagonal networks"]],
  },
  {
    file: "src/coefficient/exact/location-mixture.ts",
    tests: ["test/coefficient/models/exact-models.test.ts", "test/coefficient/vectors.test.ts"],
    mutants: [
      [
        "const bySpread = fraction(d, 4)",
        "const bySpread = fraction(d, 2)",
        "coefficient of a spare atom by its place",
      ],
    ],
  },
];
