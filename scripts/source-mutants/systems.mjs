/** Closed forms of every system. */
const of = (system, ...names) => names.map(name => `test/systems/${system}/${name}.test.ts`);
const superposition = name => of("superposition", `theory/${name}`);

export const systems = [
  {
    file: "src/systems/superposition/model/planar.ts",
    tests: ["test/systems/superposition/model/population.test.ts"],
    mutants: [
      ["both += scales[j] * piece[1]", "both += scale * piece[1]", "what the other output counts"],
      [
        "slopeX = gradient[i] + (self + self) * x",
        "slopeX = gradient[i] + self * x",
        "a column's own overlap is squared",
      ],
    ],
  },
  {
    file: "src/systems/superposition/theory/kgon.ts",
    tests: superposition("kgon"),
    mutants: [
      ["out[2] += cosine * cosine * piece[3]", "out[2] += cosine * piece[3]", "second derivative of a polygon's loss"],
      ["h: k * perVertex", "h: perVertex", "level of a polygon by its vertices"],
    ],
  },
  {
    file: "src/systems/superposition/theory/stability.ts",
    tests: of("superposition", "theory/stability", "theory/minima"),
    mutants: [
      ["squareVariation({ c, sigma }) < 0", "squareVariation({ c, sigma }) < -1", "squares that are saddles"],
      ["k <= 9 &&", "k <= 10 &&", "the largest polygon that is a minimum"],
      ["1 + 3 * (c - k - sigma) - coupled", "3 * (c - k - sigma) - coupled", "the free rotation"],
    ],
  },
  {
    file: "src/systems/superposition/theory/coefficients.ts",
    tests: superposition("coefficients"),
    mutants: [
      ["(3 * k - 1 + 3 * sigma) / 2", "(3 * k + 3 * sigma) / 2", "coefficient of a polygon"],
      ["(11 + 2 * (c - 4) + sigma) / 2", "(11 + 2 * (c - 4)) / 2", "volume exponent of a square"],
    ],
  },
  {
    file: "src/systems/superposition/theory/free-energy.ts",
    tests: superposition("free-energy"),
    mutants: [
      ["{ 5: 6 * 24, 6: 120 }", "{ 5: 10 * 24, 6: 120 }", "multiplicity of the pentagons 240 in place of 144"],
      ["TWO_PI * Math.sqrt(k) * l", "TWO_PI * l", "length of the circle of a polygon"],
    ],
  },
  {
    file: "src/systems/superposition/theory/decay.ts",
    tests: superposition("decay"),
    mutants: [
      ["const critical = 4 / (3 * c)", "const critical = 4 / (3.1 * c)", "critical decay of small columns"],
      ["- 2 * r * scale + c - 0.75", "- 2 * r * scale + c - 0.7", "loss of small columns"],
    ],
  },
  {
    file: "src/systems/superposition/theory/flat-region.ts",
    tests: superposition("flat-region"),
    mutants: [
      ["overlap > -solveKgon(k).bias", "overlap > -2 * solveKgon(k).bias", "how far a dead column moves for nothing"],
    ],
  },
  {
    file: "src/systems/modular/theory/closed-forms.ts",
    tests: of("modular", "theory/closed-forms", "theory/ranks", "vectors"),
    mutants: [
      ["8 * p * p - 19 * p + 12", "8 * p * p - 19 * p + 10", "rank of waves less 2"],
      ["(p % 3 === 0 ? 2 : 0)", "0", "the narrow solution where 3 divides p"],
      ["(13 * p * p - 29 * p + 18) / 2,", "(13 * p * p - 27 * p + 18) / 2,", "rank of six phases"],
      ["K * (3 * p - 2), p * (N - 1)", "K * (3 * p - 2), p * N", "centred rank on N pairs"],
      ["pairs: 8 * p - 15", "pairs: 8 * p - 14", "the threshold of data"],
      [
        "rank / 2 + ((3 * p - 2) * K - rank) / 4",
        "rank / 2 + ((3 * p - 2) * K - rank) / 2",
        "quartic directions count in full",
      ],
      [
        "(complex.lambda - simple.lambda) * log(nBeta)",
        "(simple.lambda - complex.lambda) * log(nBeta)",
        "sign of the margin of simplicity",
      ],
    ],
  },
  {
    file: "src/systems/modular/theory/traces.ts",
    tests: of("modular", "theory/jacobian", "vectors"),
    mutants: [
      ["p * h2 + 8 * norm * h1", "p * h2 + 4 * norm * h1", "trace of the Gauss-Newton matrix"],
      ["(4 * cross) / count", "(2 * cross) / count", "trace of the residual part"],
    ],
  },
  {
    file: "src/systems/deep-linear/theory/neuron.ts",
    tests: of("deep-linear", "theory/neuron", "vectors"),
    mutants: [
      [
        "- (r3 * r3) / (4 * gammaLinearStability)",
        "+ (r3 * r3) / (4 * gammaLinearStability)",
        "sign in the quartic term of Landau's expansion",
      ],
      [
        "(2 * ratio) / (square + Math.sqrt(square * square + 4 * ratio))",
        "(2 * ratio) / (square + Math.sqrt(square * square + 2 * ratio))",
        "decay at which a weight costs nothing",
      ],
      ["MOST_WEIGHT] = [1e-3, 1e3]", "MOST_WEIGHT] = [1e-3, 1]", "coexistence with large weights"],
    ],
  },
  {
    file: "src/systems/deep-linear/theory/critical.ts",
    tests: of("deep-linear", "vectors", "learner"),
    mutants: [
      ["const vSpinodal = v / 2", "const vSpinodal = v / 2.1", "predictor at the spinodal"],
      ["const exponent = (D - 1) / (D + 1)", "const exponent = (D - 1) / D", "exponent of the coexistence line"],
      ["dLdgamma_slope_jump: -2 / kappa", "dLdgamma_slope_jump: 2 / kappa", "sign of the jump of a slope"],
    ],
  },
  {
    file: "src/systems/deep-linear/theory/fluctuations.ts",
    tests: of("deep-linear", "theory/fluctuations"),
    mutants: [["const NEGLIGIBLE = 60", "const NEGLIGIBLE = 2", "tails of the moments are cut"]],
  },
  {
    file: "src/systems/mirror-symmetry/theory.ts",
    tests: of("mirror-symmetry", "theory"),
    mutants: [
      ["Math.max(0, -lambdaMin / 2)", "Math.max(0, -lambdaMin / 2.03)", "threshold of mirror symmetry"],
      ["1 - eta * (h[i] + 2 * gamma)", "1 - eta * (h[i] + gamma)", "decay in the growth of SGD near a mirror"],
      [
        "symmetricEigenvalues(block, m)[0]",
        "symmetricEigenvalues(block, m)[m - 1]",
        "the largest curvature in place of the least",
      ],
    ],
  },
  {
    file: "src/systems/mirror-symmetry/model.ts",
    tests: of("mirror-symmetry", "theory"),
    mutants: [
      ["critical: strength => strength", "critical: strength => 1.02 * strength", "threshold of the rotation"],
      ["critical: N => N", "critical: N => 1.02 * N", "threshold of the product"],
    ],
  },
  {
    file: "src/systems/law-of-balance/theory/laws.ts",
    tests: of("law-of-balance", "theory/laws"),
    mutants: [
      ["b2 / (a3 + b2 * b2)", "b2 / (a3 - b2 * b2)", "corrected critical temperature"],
      [
        "gamma = 0): number => (b2 - gamma) / a3",
        "gamma = 0): number => (b2 + gamma) / a3",
        "sign of the decay in the critical temperature",
      ],
      ["1 + 2 * eta * (x[i] * y[i] - gamma)", "1 + eta * (x[i] * y[i] - gamma)", "growth of SGD near the origin"],
      ["T * C0 + 4 * gamma", "T * C0 + 2 * gamma", "rate at which layers balance"],
      ["(eta * a3) / (1 - eta)", "(eta * a3) / (2 - eta)", "variance at depth 0"],
      ["4 * k + Math.sqrt(42 * noiseVar)", "4 * k - Math.sqrt(42 * noiseVar)", "temperature of the last mode"],
    ],
  },
  {
    file: "src/systems/law-of-balance/theory/stationary.ts",
    tests: of("law-of-balance", "theory/stationary", "regimes"),
    mutants: [
      ["variance: (2 * T * a3 * (b - T * a3))", "variance: (T * a3 * (b - T * a3))", "variance of the Gamma law"],
      ["values[0] + below / rise", "values[0]", "the tail towards nought"],
      ["b / (2 * a3 * T) - 0.5", "b / (2 * a3 * T) + 0.5", "shape of the Gamma law"],
    ],
  },
  {
    file: "src/systems/linear-ssl/theory.ts",
    tests: of("linear-ssl", "learner"),
    mutants: [
      ["Math.sqrt(9 - 8 * value)", "Math.sqrt(9 - 7 * value)", "strength of a direction"],
      [
        "each * (1 - k[i]) - 0.5 * log(1 + each)",
        "each * (1 - k[i]) + 0.5 * log(1 + each)",
        "sign in the contrastive loss",
      ],
      [
        "(a - weightDecay) / ((alpha - 1)",
        "(a + weightDecay) / ((alpha - 1)",
        "augmentation at which a direction collapses",
      ],
    ],
  },
  {
    file: "src/systems/linear-vae/theory.ts",
    tests: of("linear-vae", "learner"),
    mutants: [
      ["const q = Math.sqrt(beta) * etaDec", "const q = beta * etaDec", "where a mode collapses"],
      [
        "z * z * (1 + (t === 0 ? 0 : t * (log(t) - 1)))",
        "z * z * (1 + (t === 0 ? 0 : t * log(t)))",
        "loss that a mode of learnt width saves",
      ],
      ["sigma: (q * etaEnc) / z", "sigma: (q * q * etaEnc) / (z * z)", "width of a mode"],
      ["(maps + d1) / 2", "maps / 2", "coefficient with learnt widths"],
    ],
  },
  {
    file: "src/systems/collective-learning/theory/laws.ts",
    tests: of("collective-learning", "theory", "vectors"),
    mutants: [
      ["meanDelta / (1 + gamma)", "meanDelta / (1 - gamma)", "mean under ridge"],
      ["realPower(D - 1, (D - 1) / D)", "realPower(D, (D - 1) / D)", "the largest coupling of a jump"],
      ["(gamma * square) / 2", "gamma * square", "decay in the energy at strong coupling"],
      ["2 * rest * Math.sqrt(rest)", "rest * Math.sqrt(rest)", "field that freezes"],
    ],
  },
  {
    file: "src/systems/embedding/theory/pairs.ts",
    tests: of("embedding", "theory/closed-forms", "vectors"),
    mutants: [
      ["classes[i + j].push(place)", "classes[Math.abs(i - j)].push(place)", "pairs by difference in place of sum"],
      ["if (trained[second] === 1) linked[first] = 1;", "", "links work in one direction"],
    ],
  },
  {
    file: "src/systems/embedding/theory/critical-fraction.ts",
    tests: of("embedding", "theory/critical-fraction"),
    mutants: [["powerOf(1, 2, twos.length", "powerOf(1, 1, twos.length", "ways to take at most one of two pairs"]],
  },
  {
    file: "src/systems/embedding/theory/group.ts",
    tests: of("embedding", "theory/group"),
    mutants: [["join(leftOf(a, b), rightOf(d, c));", "", "inverses of quotients"]],
  },
  {
    file: "src/systems/embedding/theory/flow.ts",
    tests: of("embedding", "theory/closed-forms", "model", "vectors"),
    mutants: [["(2 * l0 * E[i]) / (Z0 * Z0)", "(l0 * E[i]) / (Z0 * Z0)", "the slope that keeps the size"]],
  },
  {
    file: "src/systems/relations/theory/two-repons.ts",
    tests: of("relations", "theory", "vectors"),
    mutants: [
      ["(a0 * a0) / (2 * etaA)", "(a0 * a0) / etaA", "what two repons conserve"],
      ["2 * start.etaA * start.etaX", "start.etaA * start.etaX", "rate of their relaxation"],
    ],
  },
  {
    file: "src/systems/relations/theory/collision.ts",
    tests: of("relations", "theory", "vectors"),
    mutants: [
      ["etaX / (2 * etaA)))", "etaX / etaA))", "probability of a collision"],
      ["(m - d + 1) / 2", "(m - d) / 2", "freedom of a random matrix"],
    ],
  },
  {
    file: "src/systems/relations/theory/description-length.ts",
    tests: of("relations", "theory", "vectors"),
    mutants: [["interchangeable ? BigInt(count) : 1n", "1n", "classes that can be interchanged"]],
  },
  {
    file: "src/systems/relations/theory/bayes.ts",
    tests: of("relations", "theory", "vectors"),
    mutants: [["Math.max(q, 1 - q)", "q", "the best guess of a pair"]],
  },
  {
    file: "src/systems/relations/theory/closure.ts",
    tests: of("relations", "theory", "vectors"),
    mutants: [
      [
        "roots[i] === roots[j] || apart[roots[i] * n + roots[j]] === 1",
        "roots[i] === roots[j]",
        "classes that are known to differ",
      ],
    ],
  },
  {
    file: "src/systems/alignment/theory/two-point.ts",
    tests: of("alignment", "theory/closed-forms", "vectors"),
    mutants: [["h - ((etaH / etaY) * dx2 * y) / h", "h + ((etaH / etaY) * dx2 * y) / h", "what two points conserve"]],
  },
  {
    file: "src/systems/alignment/loops/two-point.ts",
    tests: of("alignment", "theory/closed-forms", "theory/trajectory", "vectors"),
    mutants: [["-0.5 * etaY * h * (3 * w - y + dy2)", "-0.5 * etaY * h * (2 * w - y + dy2)", "slope of w"]],
  },
  {
    file: "src/systems/alignment/theory/scalar-solution.ts",
    tests: of("alignment", "theory/closed-forms", "vectors"),
    mutants: [
      ["E + 2 * kappa * Y - (kappa * b2) / E", "E + 2 * kappa * Y + (kappa * b2) / E", "sign in the scalar solution"],
      ["const b2 = (aHigh * aHigh) / 4", "const b2 = (aHigh * aHigh) / 2", "root of the final distance"],
    ],
  },
  {
    file: "src/systems/alignment/theory/final-distance.ts",
    tests: of("alignment", "theory/closed-forms", "vectors"),
    mutants: [["(a * a) / 4 + low * low", "(a * a) / 4 + low", "low end of the final distance"]],
  },
  {
    file: "src/systems/tame/theory/capacity.ts",
    tests: of("tame", "theory", "vectors"),
    mutants: [
      ["log((m - i + 1) / i)", "log((m - i) / i)", "terms of Sauer's sum"],
      ["halfspaces: Number(2n * sum)", "halfspaces: Number(sum)", "labellings by half-spaces"],
      ["lipschitz / (2 * gamma)", "lipschitz / gamma", "fat-shattering of Lipschitz functions"],
    ],
  },
  {
    file: "src/systems/tame/theory/deviation.ts",
    tests: of("tame", "theory", "vectors"),
    mutants: [
      ["(8 / N) * (logSauer(2 * N, d)", "(8 / N) * (logSauer(N, d)", "the ghost sample"],
      [
        "Math.sqrt((2 * logSauer(N, d)) / N) + Math.sqrt(log(2 / delta) / (2 * N))",
        "Math.sqrt((2 * logSauer(N, d)) / N) + Math.sqrt(log(2 / delta) / N)",
        "confidence term of the Rademacher bound",
      ],
      [
        "dkwBound = (N: number, delta: number): number => Math.sqrt(log(2 / delta)",
        "dkwBound = (N: number, delta: number): number => Math.sqrt(log(1 / delta)",
        "both sides of Dvoretzky, Kiefer and Wolfowitz",
      ],
    ],
  },
  {
    file: "src/systems/tame/theory/limit-laws.ts",
    tests: of("tame", "theory", "vectors"),
    mutants: [
      ["(4 * j * j * x * x - 1)", "(4 * j * j * x * x + 1)", "Kuiper's law"],
      ["j % 2 === 1 ? 1 : -1", "1", "signs of Kolmogorov's law"],
    ],
  },
  {
    file: "src/systems/output-distribution/theory/two-level.ts",
    tests: of("output-distribution", "vectors"),
    mutants: [
      ["(T * T * T * T)", "(T * T * T)", "Fisher information by temperature"],
      ["=> eps / log(g)", "=> eps / (log(g) + 1)", "freezing temperature"],
    ],
  },
  {
    file: "src/systems/output-distribution/theory/curie-weiss.ts",
    tests: of("output-distribution", "vectors"),
    mutants: [
      ["out[i] = value + Math.LN2", "out[i] = value", "states of both signs"],
      ["1 - power(4) / (3 * m2 * m2)", "1 - power(4) / (2 * m2 * m2)", "Binder's cumulant of magnets"],
    ],
  },
  {
    file: "src/systems/output-distribution/theory/ising.ts",
    tests: of("output-distribution", "ising", "vectors"),
    mutants: [
      ["2 / log(1 + Math.SQRT2)", "2 / log(2 + Math.SQRT2)", "Onsager's temperature"],
      ["next[other + k + 1] += count", "next[other + k] += count", "a bond upwards that breaks"],
    ],
  },
  {
    file: "src/systems/output-distribution/theory/boltzmann.ts",
    tests: of("output-distribution", "vectors"),
    mutants: [["C: variance / (T * T)", "C: variance / T", "specific heat from fluctuations"]],
  },
];
