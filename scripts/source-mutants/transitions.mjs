/** Orders of transitions, change points, plateaus, outputs, emergence, phase maps. */
const tests = (...names) => names.map(name => `test/transitions/${name}.test.ts`);
const order = tests("order/thresholds");
const segments = tests("change/segmentation");
const changes = tests("change/find-changes", "change/scan");
const emergence = ["test/transitions/emergence/instruments.test.ts", "test/systems/emergence/vectors.test.ts"];

export const transitions = [
  {
    file: "src/transitions/order/verdict.ts",
    tests: tests("order/thresholds", "order/verdict"),
    mutants: [
      ["const DECIDED = 0.8", "const DECIDED = 0.5", "a verdict at a share of 50 %"],
      ["const SURE = 0.95", "const SURE = 0.85", "high confidence at 85 %"],
      ["support.continuous <= LOST", "support.continuous <= 10 * LOST", "a power law without an ordered phase"],
      [
        "sum + support[order], 0);\n  const sums",
        "sum + 0.5 * support[order], 0);\n  const sums",
        "evidence counts half",
      ],
    ],
  },
  {
    file: "src/transitions/order/scaling.ts",
    tests: order,
    mutants: [
      [
        "CONTINUOUS = [-1.5, -0.15]",
        "CONTINUOUS = [-1.5, -0.05]",
        "range of exponents of a continuous transition, near end",
      ],
      ["CONTINUOUS = [-1.5,", "CONTINUOUS = [-0.4,", "range of exponents of a continuous transition, far end"],
      ["DISCONTINUOUS = [-0.1, 0.9]", "DISCONTINUOUS = [-0.3, 0.9]", "range of exponents of a jump, near end"],
      ["[-0.1, 0.9]", "[-0.1, 0.2]", "range of exponents of a jump, far end"],
      ["betaOverNu: -fit.slope / 2", "betaOverNu: -fit.slope", "beta/nu from the variance"],
    ],
  },
  {
    file: "src/transitions/order/growth.ts",
    tests: order,
    mutants: [
      ["PEAK_RANGE = [0.25, 1.2]", "PEAK_RANGE = [0.5, 1.2]", "range of growth of a peak, low end"],
      ["PEAK_RANGE = [0.25, 1.2]", "PEAK_RANGE = [0.25, 2.4]", "range of growth of a peak, high end"],
      ["SLOPE_RANGE = [0.1, 1]", "SLOPE_RANGE = [0.4, 1]", "range of growth of a slope, low end"],
      ["SLOPE_RANGE = [0.1, 1]", "SLOPE_RANGE = [0.1, 3]", "range of growth of a slope, high end"],
      ["const STILL = 0.08", "const STILL = 0.3", "a growth that counts as none"],
      ["(jump.height * jump.height) / 4", "0 * jump.height", "a jump that was not resolved has no variance"],
    ],
  },
  {
    file: "src/transitions/order/sharpening.ts",
    tests: order,
    mutants: [
      ["const JUMP_BETA_OVER_NU = 0.015", "const JUMP_BETA_OVER_NU = 0.15", "beta/nu of a jump"],
      ["const STILL = 0.12", "const STILL = 0.05", "curves that do not sharpen"],
      ["const MISFIT = 1.5", "const MISFIT = 15", "any misfit is a form"],
    ],
  },
  {
    file: "src/transitions/order/ordered-side.ts",
    tests: order,
    mutants: [
      ["side.dimension - 2 * side.error", "side.dimension - side.error", "error of the dimension of the ordered side"],
      ["const STAYS = 0.2", "const STAYS = 0.02", "a fluctuation that stays with size"],
    ],
  },
  {
    file: "src/transitions/order/bimodality.ts",
    tests: tests("order/thresholds", "order/statistics"),
    mutants: [
      ["const APART = 0.92", "const APART = 0.8", "share of the variance between two phases"],
      ["const TOGETHER = 0.85", "const TOGETHER = 0.7", "share of the variance within one phase"],
      ["weight * (1 - weight) * (above", "weight * (above", "variance between two groups"],
    ],
  },
  {
    file: "src/transitions/order/hysteresis.ts",
    tests: order,
    mutants: [
      ["const AREA = 0.05", "const AREA = 0.2", "area of a loop that counts"],
      ["const LASTING = 0.5", "const LASTING = 0.9", "what has to last in slow sweeps"],
      ["return 1 / (root * root);", "return 1 / root;", "exponent of the extrapolation to slow sweeps"],
      ["const APART = 0.72", "const APART = 0.5", "branches that are two phases"],
    ],
  },
  {
    file: "src/transitions/order/flatness.ts",
    tests: order,
    mutants: [["const SMALL = 0.3", "const SMALL = 0.6", "means that are flat"]],
  },
  {
    file: "src/transitions/order/edge-fit.ts",
    tests: order,
    mutants: [
      ["power === 1 ? t : Math.sqrt(t)", "t", "a fold falls like a straight line"],
      ["out[0] = log(t)", "out[0] = 2 * log(t)", "exponent of a vanishing curve"],
    ],
  },
  {
    file: "src/transitions/order/statistics.ts",
    tests: tests("order/statistics"),
    mutants: [
      ["(3 * square * square)", "(2 * square * square)", "Binder's cumulant"],
      ["(12 * a * b)", "(8 * a * b)", "minimum of the energy cumulant at a jump"],
      [
        "0.5 * (x[i] - x[i - 1]) * (Math.abs(up[i] - down[i]) +",
        "(x[i] - x[i - 1]) * (Math.abs(up[i] - down[i]) +",
        "area of a loop",
      ],
    ],
  },
  {
    file: "src/transitions/order/cell-statistics.ts",
    tests: tests("order/cell-statistics"),
    mutants: [
      [
        "const linear = (2 * r) / whole - 2 * r;",
        "const linear = (2 * r) / whole - r;",
        "how errors of mean and ratio vary together",
      ],
      [
        "Math.sqrt(variance / effective)",
        "Math.sqrt(variance / count)",
        "the error of a mean counts dependent draws in full",
      ],
    ],
  },
  {
    file: "src/transitions/order/scaling-form.ts",
    tests: tests("order/scaling-form"),
    mutants: [
      ["if (sized) rows[at + k - 1] = -size / error", "if (sized) rows[at + k - 1] = size / error", "sign of beta/nu"],
      ["exp(inverseNu * size) / reach", "exp(0.9 * inverseNu * size) / reach", "1/nu of the form"],
    ],
  },
  {
    file: "src/transitions/change/penalties.ts",
    tests: tests("change/pelt"),
    mutants: [
      ["(parameters + 2) * log(n)", "(parameters + 1) * log(n)", "the modified criterion"],
      ["(deviation * deviation) / 2", "deviation * deviation", "variance of noise from differences"],
    ],
  },
  {
    file: "src/transitions/change/pelt.ts",
    tests: tests("change/pelt"),
    mutants: [
      ["endsAt[start] = end + least", "endsAt[start] = end", "a start is left out too early"],
      ["total < best[end]", "total <= best[end] + penalty", "a later start that is dearer takes the place of the best"],
    ],
  },
  {
    file: "src/transitions/change/mean-variance-cost.ts",
    tests: segments,
    mutants: [
      ["count * log(variance) + sum / variance", "count * log(variance)", "squares beyond the floor of the variance"],
    ],
  },
  {
    file: "src/transitions/change/slope-cost.ts",
    tests: segments,
    mutants: [["(count * (count * count - 1)) / 12", "(count * count * count) / 12", "spread of the places of a line"]],
  },
  {
    file: "src/transitions/change/autoregressive-mean-cost.ts",
    tests: segments,
    mutants: [
      ["cost.at(start, end - 1)", "cost.at(Math.max(0, start - 1), end - 1)", "the first innovation of a segment"],
    ],
  },
  {
    file: "src/transitions/change/phi-profile.ts",
    tests: tests("change/phi-profile"),
    mutants: [
      ["by * by * before[at]", "by * before[at]", "squares of innovations"],
      ["?? squaresOf(plain, phi)", "?? 0", "sums of products that have lost their digits"],
    ],
  },
  {
    file: "src/transitions/change/laws.ts",
    tests: tests("change/scan"),
    mutants: [
      [
        "(exponent * distances[i] * value) / (1 + distances[i])",
        "exponent * distances[i] * value",
        "what a later beginning adds",
      ],
      [
        "exp(-exponent * log(1 + (step - steps[0]) / unit))",
        "exp(-exponent * log(1 + step / unit))",
        "the first step of a later power law",
      ],
    ],
  },
  {
    file: "src/transitions/change/law-fit.ts",
    tests: tests("change/scan"),
    mutants: [
      ["term.shaped === 1 || isWhole", "term.shaped > 0 || isWhole", "bends that no member of a family has"],
      ["share * solution[k + 1]", "share * solution[0]", "steps of Gauss and Newton's method"],
    ],
  },
  {
    file: "src/transitions/change/rounding.ts",
    tests: tests("change/rounding"),
    mutants: [
      ["sum += (each * each) / 12", "sum += each * each", "the variance of rounding"],
      ["written[i].exponent - count + 1", "written[i].exponent - count", "the last digit that is written"],
      ["fineness[i] * weight(values[i])", "fineness[i]", "rounding on a logarithmic scale"],
    ],
  },
  {
    file: "src/transitions/change/curve-fit.ts",
    tests: tests("change/rounding"),
    mutants: [["Math.max(arithmeticOf(values), rounding)", "arithmeticOf(values)", "noise smaller than rounding"]],
  },
  {
    file: "src/transitions/change/mean-change.ts",
    tests: changes,
    mutants: [["(i - at + 1) / width", "(i - at) / width", "the first value of a ramp"]],
  },
  {
    file: "src/transitions/change/noise-change.ts",
    tests: tests("change/noise-change"),
    mutants: [
      ["(tails / 2) * (1 / (at - 1)", "tails * (1 / (at - 1)", "error of a change of spread"],
      ["(fourth / (n - 1) - 1) / 2", "(fourth / (n - 1) - 1) / 4", "heavy tails in a change of spread"],
    ],
  },
  {
    file: "src/transitions/change/scan.ts",
    tests: changes,
    mutants: [
      ["p * p * d - 2 * p * q * b", "p * p * d + 2 * p * q * b", "sign of the product of step and slope"],
      [
        "const step = 1 / deviations[at] - phi / deviations[at - 1]",
        "const step = 1 / deviations[at] + phi / deviations[at - 1]",
        "sign of the dependence in a whitened step",
      ],
      ["squares[at - 1] - 2 * apart", "squares[at - 1] - apart", "length of a ramp"],
    ],
  },
  {
    file: "src/transitions/change/place.ts",
    tests: changes,
    mutants: [["const WANTED = 0.95", "const WANTED = 0.5", "probability of a place's interval"]],
  },
  {
    file: "src/transitions/change/readings.ts",
    tests: tests("change/readings"),
    mutants: [
      ["form += 2 * values[i]", "form -= 2 * values[i]", "densities of logarithms as those of values"],
      ["ROUNDED * (values.length - 1)", "0 * (values.length - 1)", "rounding taken for smooth noise"],
    ],
  },
  {
    file: "src/transitions/change/describe-reading.ts",
    tests: tests("change/readings"),
    mutants: [
      ["< LEAST_SEGMENT) last.push(i)", "< 1) last.push(i)", "each value of a jump a change"],
      ["if (!(evidence > 0)) return []", "if (evidence > 1e9) return []", "what comes back is a change"],
      ["before * (exp(value) - 1)", "before * value", "size of a change of logarithms"],
    ],
  },
  {
    file: "src/transitions/detect/plateaus.ts",
    tests: tests("detect/plateaus"),
    mutants: [
      ["((1 - phi) * (1 - phi))", "(1 - phi * phi)", "variance of a mean of dependent noise"],
      ["const LEAST = 10", "const LEAST = 3", "three values are a plateau"],
      ["Math.max(NORMAL_95 * error, marginal)", "Infinity", "what drifts is level"],
    ],
  },
  {
    file: "src/transitions/emergence/loops/windows.ts",
    tests: ["test/systems/emergence/vectors.test.ts"],
    mutants: [["/ (window - 2)", "/ (window - 1)", "degrees of freedom of a window less its mean alone"]],
  },
  {
    file: "src/transitions/detect/early-warning.ts",
    tests: tests("early-warning"),
    mutants: [
      ["(12 * sum) / (n * (n + 1))", "(6 * sum) / (n * (n + 1))", "a rise halved"],
      ["variance / (surrogates + 1)", "variance / (2 * surrogates + 2)", "probability of a rise by chance halved"],
      ["value = phi * value + random.normal()", "value = random.normal()", "surrogates without dependence"],
    ],
  },
  {
    file: "src/transitions/detect/ranks.ts",
    tests: tests("detect/plateaus"),
    mutants: [
      [
        "(countOf(value, false) + countOf(value, true) + 1) / 2",
        "countOf(value, false) + 1",
        "ties have the lowest rank",
      ],
    ],
  },
  {
    file: "src/transitions/detect/agreement.ts",
    tests: tests("detect/agreement"),
    mutants: [["const MOST_DETECTORS = 3", "const MOST_DETECTORS = 1", "one detector is enough"]],
  },
  {
    file: "src/transitions/dissimilarity/measures.ts",
    tests: [...tests("dissimilarity/parts"), "test/systems/output-distribution/vectors.test.ts"],
    mutants: [
      [
        "1 - softplus(-logOdds) / Math.LN2",
        "1 - softplus(logOdds) / Math.LN2",
        "side of the Jensen-Shannon divergence",
      ],
      ["(fisher * step * step) / 4", "(fisher * step * step) / 8", "small steps by Fisher information"],
      ["square * (1 / 15", "square * (1 / 5", "series of the divergence of close outcomes"],
    ],
  },
  {
    file: "src/transitions/dissimilarity/peaks.ts",
    tests: tests("dissimilarity/parts"),
    mutants: [
      [
        "(D[i - 1] - D[i + 1]) / (2 * curvature)",
        "(D[i + 1] - D[i - 1]) / (2 * curvature)",
        "side of a peak between two splits",
      ],
      ["Math.abs(index - peak.index) >= minSep", "Math.abs(index - peak.index) >= 0", "peaks next to each other"],
    ],
  },
  {
    file: "src/transitions/dissimilarity/shape.ts",
    tests: tests("dissimilarity/parts"),
    mutants: [["const EQUAL = 0.25", "const EQUAL = 0.9", "shapes that count as a boundary"]],
  },
  {
    file: "src/transitions/dissimilarity/saturation.ts",
    tests: tests("dissimilarity/detect"),
    mutants: [["const SATURATED = 0.8", "const SATURATED = 0.99", "a scan that is saturated"]],
  },
  {
    file: "src/transitions/emergence/information-criteria.ts",
    tests: emergence,
    mutants: [["(2 * k * (k + 1)) / (T - k - 1)", "(2 * k * (k + 1)) / (T - k)", "correction of AIC"]],
  },
  {
    file: "src/transitions/emergence/binomial-models.ts",
    tests: emergence,
    mutants: [
      ["rest * (1 - u - rest)", "rest * (1 + u - rest)", "second derivative of the compounding link"],
      ["criteria(logLik + coefficients, 3, T)", "criteria(logLik + coefficients, 2, T)", "the place of a step is free"],
    ],
  },
  {
    file: "src/transitions/emergence/compounding-check.ts",
    tests: emergence,
    mutants: [["1 / Math.sqrt(information)", "1 / information", "error of the effective length"]],
  },
  {
    file: "src/transitions/emergence/effective-information.ts",
    tests: emergence,
    mutants: [["value / sizes[of[i]]", "value", "weights of states in a block"]],
  },
  {
    file: "src/transitions/emergence/replicate-stats.ts",
    tests: emergence,
    mutants: [["m4 / (3 * m2 * m2)", "m4 / (m2 * m2)", "Binder's cumulant of replicates"]],
  },
  {
    file: "src/transitions/emergence/token-metrics.ts",
    tests: emergence,
    mutants: [["brier: (1 - p) * (1 - p)", "brier: 1 - p", "Brier score"]],
  },
  {
    file: "src/transitions/map/largest-missed.ts",
    tests: tests("map/neighbours"),
    mutants: [["const MISSED = 0.05", "const MISSED = 0.5", "probability of an island that was missed"]],
  },
  {
    file: "src/transitions/map/roughness.ts",
    tests: tests("map/roughness"),
    mutants: [["dimension: 2 - whole.slope", "dimension: 1 + whole.slope", "dimension of a rough border"]],
  },
  {
    file: "src/transitions/map/probit-process.ts",
    tests: tests("map/probit-process"),
    mutants: [
      ["const scale = -0.5 / (length * length)", "const scale = -1 / (length * length)", "length of the kernel"],
    ],
  },
  {
    file: "src/transitions/map/posterior.ts",
    tests: tests("map/probit-process"),
    mutants: [["Math.sqrt(1 + variance)", "Math.sqrt(variance)", "probability of the next vote"]],
  },
];
