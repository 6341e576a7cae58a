/** Elementary and special functions, random numbers, linear algebra, statistics, integration. */
const tests = name => [`test/numerics/${name}.test.ts`];
const special = tests("special-functions");
const elementary = tests("elementary");

export const numerics = [
  {
    file: "src/numerics/dense-matrix.ts",
    tests: ["test/numerics/dense-matrix.test.ts"],
    mutants: [
      [
        "workspace.holds !== values",
        "workspace.holds === undefined",
        "the matrix of another caller is taken for one's own",
      ],
      ["from.set(start)", "from.fill(0)", "sums of rows begin at zero"],
      ["out[i] += weight * values[k]", "out[i] += values[k]", "plain sums of rows without weights"],
    ],
  },
  {
    file: "src/numerics/ode/loops/follow.ts",
    tests: ["test/numerics/ode/follow.test.ts"],
    mutants: [
      ["relative < 16 ? 2 : 4", "relative < 16 ? 2 : 3", "a step that was refused by far is cut too little"],
      ["space[i] = space[6 * n + i]", "space[i] = space[5 * n + i]", "a step begins with the last stage but one"],
      ["sizes += space[now + i] * space[now + i]", "sizes += space[now + i]", "errors are held against another size"],
      ["if (tried > most) return 1;", "", "steps without end"],
    ],
  },
  {
    file: "src/numerics/log-gamma.ts",
    tests: special,
    mutants: [
      [
        "(square * 691) / 360360",
        "(square * 691) / 370370",
        "last term of Stirling's series off by 3 %",
        "log Gamma is at least 25 where the series is used, with a last bit of 3.6e-15; the whole term is 2.2e-16 at most, this share of it 6e-18",
      ],
      ["y < 15", "y < 5", "the series begins at 5, where it is not yet accurate"],
      ["1 / 1260", "1 / 1270", "third coefficient of Stirling's series"],
    ],
  },
  {
    file: "src/numerics/incomplete-beta.ts",
    tests: special,
    mutants: [
      ["a + 2 * m - 1", "a + 2 * m + 1", "an index in the even terms of the continued fraction"],
      [
        "x < (a + 1) / (a + b + 2)",
        "x <= 1",
        "the side of the mean is not changed where the fraction converges slowly",
      ],
    ],
  },
  {
    file: "src/numerics/incomplete-gamma.ts",
    tests: special,
    mutants: [
      ["-n * (n - a)", "-n * (n + a)", "sign in the continued fraction of the incomplete gamma function"],
      ["term *= x / (a + n)", "term *= x / (a + n + 1)", "index in its series"],
      [
        "upperGamma(freedom / 2, value / 2)",
        "upperGamma(freedom, value / 2)",
        "degrees of freedom of chi-square doubled",
      ],
    ],
  },
  {
    file: "src/numerics/normal-quantile.ts",
    tests: tests("normal-quantile"),
    mutants: [
      ["return q < 0 ? -size : size", "return q < 0 ? size : size", "sign of the lower tail"],
      ["0.0012426609473880784", "0.0012426609573880784", "ninth digit of a coefficient of the far tail"],
    ],
  },
  {
    file: "src/numerics/elementary/exp.ts",
    tests: elementary,
    mutants: [["(cut + rest)", "rest", "what rounding cut from the sum is left out"]],
  },
  {
    file: "src/numerics/elementary/tanh.ts",
    tests: elementary,
    mutants: [["0.0005889322836960864", "0.0005889322936960864", "eighth digit of a coefficient of tanh"]],
  },
  {
    file: "src/numerics/elementary/quarter-turns.ts",
    tests: elementary,
    mutants: [["> 1e5) return", "> 1e15) return", "long angles are reduced without big integers"]],
  },
  {
    file: "src/numerics/elementary/erf.ts",
    tests: elementary,
    mutants: [["0.1790011511813537", "0.1790011511813637", "fourteenth digit of a coefficient of erfc"]],
  },
  {
    file: "src/numerics/philox.ts",
    tests: tests("philox"),
    mutants: [
      ["round < 10", "round < 9", "a round of Philox is missing"],
      ["0xbb67ae85", "0xbb67ae86", "last bit of a Weyl constant"],
    ],
  },
  {
    file: "src/numerics/stream.ts",
    tests: tests("stream"),
    mutants: [
      [">>> 6)) * UNIFORM_UNIT", ">>> 7)) * UNIFORM_UNIT", "the last bit of uniform numbers is always nought"],
      [
        "last + 1) >>> 0;\n        const entry",
        "last) >>> 0;\n        const entry",
        "a shuffle never leaves an entry in place",
      ],
      ["flipped ? -second : second", "flipped ? second : -second", "sign of the second normal number of a pair"],
    ],
  },
  {
    file: "src/numerics/gauss-legendre.ts",
    tests: tests("gauss-legendre"),
    mutants: [
      ["(2 * k - 1) * x", "(2 * k + 1) * x", "recurrence of the Legendre polynomials"],
      ["l === 1 ? 1 : legendre", "l === 1 ? 0 : legendre", "P_0 in the matrix of running integrals"],
    ],
  },
  {
    file: "src/numerics/adaptive-quadrature.ts",
    tests: tests("quadrature"),
    mutants: [
      [
        "if (!(total > tolerance)) break;",
        "if (!(total > 1e6 * tolerance)) break;",
        "quadrature ends a million times too early",
      ],
      [
        "value - halves[0][k] - halves[1][k])",
        "value - halves[0][k] - halves[0][k])",
        "the error of a panel compares its first half twice",
      ],
    ],
  },
  {
    file: "src/numerics/bessel-k.ts",
    tests: ["test/numerics/quadrature.test.ts", "test/numerics/bessel-k.test.ts"],
    mutants: [
      ["[zeroth, first] = [0.5, 0.5]", "[zeroth, first] = [0.5, 1]", "first end of the trapezoidal rule of K_1"],
      ["[1e-300, 1e16]", "[1e-320, 1e16]", "arguments whose inverse overflows"],
      ["Math.sqrt(Math.PI / 2 / z)", "Math.sqrt(Math.PI / z)", "both functions far out"],
    ],
  },
  {
    file: "src/numerics/ode/tableau.ts",
    tests: ["test/numerics/ode/orders.test.ts", "test/numerics/ode/integrate.test.ts"],
    mutants: [
      ["46732 / 5247", "46732 / 5257", "a stage of Dormand and Prince"],
      ["-17253 / 339200", "17253 / 339200", "sign of a weight of the error"],
      [
        "weights: [1 / 6, 1 / 3, 1 / 3, 1 / 6]",
        "weights: [1 / 6, 1 / 3, 1 / 6, 1 / 3]",
        "weights of the classical step in another order",
      ],
    ],
  },
  {
    file: "src/numerics/ode/rosenbrock.ts",
    tests: ["test/numerics/ode/rosenbrock.test.ts"],
    mutants: [
      [
        "108, 125 / 108],\n  errorWeights",
        "108, 120 / 108],\n  errorWeights",
        "last weight of the linearly implicit step",
      ],
      ["share: 0.5", "share: 0.4", "share of the step that is implicit"],
    ],
  },
  {
    file: "src/numerics/ode/adaptive.ts",
    tests: ["test/numerics/ode/integrate.test.ts", "test/numerics/ode/orders.test.ts"],
    mutants: [
      [
        "if (!(relative <= 1)) {",
        "if (!(relative <= 1000)) {",
        "steps are taken whose error is a thousand times the tolerance",
      ],
      ["t += sign * h;", "t += h;", "time runs forwards in an integration backwards"],
    ],
  },
  {
    file: "src/numerics/householder-ql.ts",
    tests: tests("symmetric-spectrum"),
    mutants: [
      ["square + square", "square", "half of the product in a reflection"],
      [
        "isNothing = (value: number): boolean => Math.abs(value) <= Number.EPSILON",
        "isNothing = (value: number): boolean => Math.abs(value) <= 1e-6",
        "the iteration ends at 1e-6",
      ],
    ],
  },
  {
    file: "src/numerics/singular-values.ts",
    tests: tests("symmetric-spectrum"),
    mutants: [
      [
        "const alpha = first > 0 ? -norm : norm;",
        "const alpha = first > 0 ? norm : -norm;",
        "the reflection to the near side, which cancels",
      ],
    ],
  },
  {
    file: "src/numerics/least-squares.ts",
    tests: tests("least-squares"),
    mutants: [
      [
        "inverse[i * k + c] = -sum / pivots[i]",
        "inverse[i * k + c] = sum / pivots[i]",
        "sign of the covariances between parameters of a fit",
      ],
      [
        "for (let r = k; r < n; r++) squares",
        "for (let r = k + 1; r < n; r++) squares",
        "a residual is left out of the sum of squares",
      ],
    ],
  },
  {
    file: "src/numerics/levenberg-marquardt.ts",
    tests: tests("levenberg-marquardt"),
    mutants: [
      ["-dot(a, residuals)", "dot(a, residuals)", "the fit climbs"],
      [
        "(above ? by : 0) + (below ? by : 0)",
        "(above ? by : 0) + (below ? by / 2 : 0)",
        "distance of the central differences",
      ],
    ],
  },
  {
    file: "src/numerics/root.ts",
    tests: tests("root"),
    mutants: [["value < 0 === atLow < 0", "value < 0 === atHigh < 0", "bisection keeps the half without the root"]],
  },
  {
    file: "src/numerics/real-roots.ts",
    tests: ["test/numerics/polynomials.test.ts", "test/coefficient/exact/plane-curve.test.ts"],
    mutants: [
      [
        "sequence.push(remainder.map(negative))",
        "sequence.push(remainder)",
        "sign of the remainders in Sturm's sequence",
      ],
    ],
  },
  {
    file: "src/numerics/fourier.ts",
    tests: tests("fourier"),
    mutants: [
      [
        "c[widest + k] = cos((TWO_PI * k) / n)",
        "c[widest + k] = cos((TWO_PI * k) / (n + 1))",
        "angles of the Fourier transform",
      ],
    ],
  },
  {
    file: "src/numerics/binomial-sample.ts",
    tests: tests("binomial-sample"),
    mutants: [["1.15 + 2.53 * spread", "1.15 + 1.53 * spread", "width of the hat of the binomial sampler"]],
  },
  {
    file: "src/numerics/multinomial.ts",
    tests: tests("multinomial"),
    mutants: [
      [
        "word * WORD_UNIT * mass < sum) word++",
        "word * WORD_UNIT * mass <= sum) word++",
        "a word at the bound of an outcome",
      ],
      ["limits[x] >= (cell + 1) * width", "limits[x] >= cell * width", "cells with several outcomes are taken for one"],
    ],
  },
  {
    file: "src/numerics/loops/tally.ts",
    tests: tests("multinomial"),
    mutants: [["word >= limits[x]", "word > limits[x]", "a word at its limit"]],
  },
  {
    file: "src/numerics/statistics/mean-with-error.ts",
    tests: ["test/numerics/statistics/mean-with-error.test.ts"],
    mutants: [
      ["last = Math.min(last, pair);", "last = pair;", "Geyer's monotone cut is missing"],
      ["if (pair <= 0) break;", "if (pair <= 0.2) break;", "autocorrelations are summed to 0.2 alone"],
      ["let tau = -1;", "let tau = 0;", "the integrated time begins at 0"],
    ],
  },
  {
    file: "src/numerics/statistics/moments.ts",
    tests: ["test/numerics/statistics/moments.test.ts"],
    mutants: [
      [
        "const varianceOfFloats = (values: Float64Array): number => {\n  if (values.length < 2)",
        "const varianceOfFloats = (values: Float64Array): number => {\n  if (values.length < 1)",
        "a variance of one value",
      ],
    ],
  },
  {
    file: "src/numerics/statistics/wilson.ts",
    tests: ["test/numerics/statistics/wilson.test.ts"],
    mutants: [["p * (1 - p) + share / 4", "p * (1 - p) + share / 2", "Wilson's correction doubled"]],
  },
  {
    file: "src/numerics/statistics/kendall.ts",
    tests: ["test/numerics/statistics/kendall.test.ts"],
    mutants: [
      ["- tiedX - tiedY + tiedBoth", "- tiedX - tiedY - tiedBoth", "pairs that tie in both are taken off twice"],
      ["from[left] <= from[right]", "from[left] < from[right]", "ties count as reversed"],
    ],
  },
  {
    file: "src/numerics/statistics/quantile-interval.ts",
    tests: ["test/numerics/statistics/quantile-interval.test.ts"],
    mutants: [
      ["Math.ceil(n * p + half) + 1", "Math.ceil(n * p + half)", "upper end of a quantile's interval a place too low"],
    ],
  },
  {
    file: "src/numerics/statistics/bootstrap.ts",
    tests: ["test/numerics/statistics/bootstrap.test.ts"],
    mutants: [
      [
        "low: sortedQuantile(results, (1 - level) / 2)",
        "low: sortedQuantile(results, 1 - level)",
        "lower end of a bootstrap's interval",
      ],
    ],
  },
  {
    file: "src/numerics/statistics/long-run-covariance.ts",
    tests: ["test/numerics/statistics/long-run-covariance.test.ts"],
    mutants: [
      ["sum / ((1 - ofA) * (1 - ofB))", "sum / (1 - ofA * ofB)", "the series is not put together again"],
      ["1.1447", "1.8171", "constant of the Bartlett bandwidth"],
    ],
  },
];
