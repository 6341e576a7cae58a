/** How claims are judged, and how numbers are read and shown. */
const claims = ["test/contracts/judge.test.ts", "test/contracts/comparisons.test.ts"];

export const verdicts = [
  {
    file: "src/contracts/claim.ts",
    tests: claims,
    mutants: [
      [
        'if (members === 0) return "undecided"',
        'if (members === 0) return "holds"',
        "a comparison with no members holds",
      ],
      [
        'if (!Number.isFinite(measured)) return "fails"',
        'if (!Number.isFinite(measured)) return "holds"',
        "what could not be measured holds",
      ],
      ["from >= low && to <= high", "measured >= low && measured <= high", "the interval does not count"],
      ["from > low && to < high", "from >= low && to < high", "an open range holds its end"],
      ["to < low || from > high", "to < low && from > high", "what is outside is undecided"],
      [
        'if (comparisons.length === 0) return verdict("undecided"',
        'if (comparisons.length === 0) return verdict("holds"',
        "a claim with no comparison holds",
      ],
      [
        'if (outcomes.includes("fails"))',
        'if (outcomes.every(each => each === "fails"))',
        "one comparison that fails is forgiven",
      ],
      ["high: predicted + tolerance", "high: predicted + 2 * tolerance", "upper tolerance doubled"],
    ],
  },
  {
    file: "src/contracts/comparisons.ts",
    tests: claims,
    mutants: [
      [
        "const half = (studentQuantile(members - 1) * standardDeviation(values)) / Math.sqrt(members)",
        "const half = (studentQuantile(members) * standardDeviation(values)) / members",
        "interval of a mean",
      ],
      ["(members / (members - 1)) * squares", "squares", "interval of a pooled mean"],
      [
        "(studentQuantile(members - 1) * (members - 1) * standardDeviation(without))",
        "(studentQuantile(members - 1) * standardDeviation(without))",
        "interval by leaving one out",
      ],
      [
        "rootOfSquares(p - own.low, earlier.high - q)",
        "rootOfSquares(p - own.low, q - earlier.low)",
        "lower end of a difference of fractions",
      ],
      [
        "if (members === 0) return { quantity, measured: 0, interval: [0, 1], predicted, members }",
        "if (members === 0) return { quantity, measured: 0, predicted, members: 1 }",
        "a fraction of nothing is nought",
      ],
    ],
  },
  {
    file: "src/contracts/health.ts",
    tests: ["test/contracts/health.test.ts"],
    mutants: [
      [
        "Math.max(worst, scale.indexOf(outcome))",
        "Math.min(worst, scale.indexOf(outcome))",
        "the best of all signs counts",
      ],
    ],
  },
  {
    file: "src/contracts/field.ts",
    tests: ["test/contracts/field.test.ts"],
    mutants: [
      ["value <= above", "value < above", "an open end is allowed"],
      ["value < min || value > max", "value < min", "no upper end"],
      ['field.kind === "integer" && !Number.isSafeInteger(value)', "false", "halves are whole numbers"],
      ["value.length < least", "value.length < least - 1", "a list one entry too short"],
    ],
  },
  {
    file: "src/numerics/student.ts",
    tests: claims,
    mutants: [
      [
        "betaQuantile(outside, freedom / 2, 0.5)",
        "betaQuantile(2 * outside, freedom / 2, 0.5)",
        "Student's quantile for 90 %",
      ],
    ],
  },
  {
    file: "src/report/number-text.ts",
    tests: ["test/report/number-text.test.ts"],
    mutants: [
      [
        "1 - Math.floor(Math.log10(resolution))",
        "-Math.floor(Math.log10(resolution))",
        "a digit fewer than the error has",
      ],
      ["const APART = 30", "const APART = 3", "errors that share a resolution"],
    ],
  },
];
