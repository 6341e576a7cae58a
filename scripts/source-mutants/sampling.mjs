/** Samplers, what they adapt, and the diagnostics of their draws. */
const tests = (...names) => names.map(name => `test/sampling/${name}.test.ts`);

export const sampling = [
  {
    file: "src/sampling/langevin.ts",
    tests: tests("langevin", "unadjusted-langevin", "stationary"),
    mutants: [
      [
        "scale * xi[i] - 0.5 * stepSize * gradient[i]",
        "scale * xi[i] - 0.52 * stepSize * gradient[i]",
        "drift 4 % too strong",
      ],
      ["const SHARE = 1 / 40", "const SHARE = 1 / 10", "default step of Langevin four times too long"],
    ],
  },
  {
    file: "src/sampling/sgnht.ts",
    tests: tests("single-steps", "stationary", "contract"),
    mutants: [
      ["squares / w.length - 1)", "squares / w.length - 1.03)", "the thermostat aims at 1.03"],
      ["2 * diffusion * stepSize", "diffusion * stepSize", "half of the thermostat's noise"],
    ],
  },
  {
    file: "src/sampling/sghmc.ts",
    tests: tests("stationary", "contract"),
    mutants: [
      ["2 * (friction - known) * stepSize", "2 * friction * stepSize", "the noise of batches is not taken off"],
      ["const known = 0.5 * stepSize", "const known = stepSize", "the noise of batches counts twice"],
      ["xi[i] - friction * velocity[i]", "xi[i] - 1.1 * friction * velocity[i]", "friction 10 % too strong"],
    ],
  },
  {
    file: "src/sampling/baoab.ts",
    tests: tests("stationary", "contract"),
    mutants: [["Math.sqrt(1 - kept * kept)", "Math.sqrt(1 - kept)", "noise of the exact friction step"]],
  },
  {
    file: "src/sampling/rmsprop-langevin.ts",
    tests: tests("single-steps", "stationary", "contract", "langevin", "zero-noise"),
    mutants: [
      [
        "noise * Math.sqrt(length) * xi[i] - 0.5",
        "noise * Math.sqrt(length) * xi[i] - 0.6",
        "drift of preconditioned Langevin",
      ],
      [
        "keepLearning || state.step < context.burnIn",
        "keepLearning || state.step >= 0",
        "its preconditioner moves after the burn-in",
      ],
    ],
  },
  {
    file: "src/sampling/mala.ts",
    tests: tests("hamiltonian", "stationary", "geweke"),
    mutants: [
      [
        "last.acceptance = error <= 0 ? 1 : exp(-error)",
        "last.acceptance = error <= 0 ? 1 : exp(-0.5 * error)",
        "acceptance by half of the error of the energy",
      ],
    ],
  },
  {
    file: "src/sampling/hmc.ts",
    tests: tests("hamiltonian", "stationary", "geweke"),
    mutants: [["error <= 0 ? 1 : last.divergent ? 0 : exp(-error)", "1", "every trajectory is accepted"]],
  },
  {
    file: "src/sampling/nuts.ts",
    tests: tests("single-steps", "hamiltonian", "stationary", "geweke"),
    mutants: [
      [
        "choices.uniform() * weight < share",
        "choices.uniform() * weight < 2 * share",
        "the newest point is favoured within a subtree",
      ],
      ["forward ? state.time : -state.time", "state.time", "trajectories grow backwards with the same sign of time"],
      [
        "last.truncated = depth === maxDepth",
        "last.truncated = depth > maxDepth",
        "a trajectory cut short is not reported",
      ],
    ],
  },
  {
    file: "src/sampling/u-turn.ts",
    tests: tests("u-turn"),
    mutants: [
      ["const leftMore = left + innerB;", "const leftMore = left;", "the condition across the junction is missing"],
      ["!(byFirst > 0 && byLast > 0)", "!(byFirst > 0 || byLast > 0)", "a turn needs both ends"],
    ],
  },
  {
    file: "src/sampling/leapfrog.ts",
    tests: tests("leapfrog"),
    mutants: [
      ["w[i] += stepSize * p[i];", "w[i] += 1.001 * stepSize * p[i];", "drift of the leapfrog a thousandth too long"],
    ],
  },
  {
    file: "src/sampling/hamiltonian.ts",
    tests: tests("single-steps", "hamiltonian", "adaptation/dual-averaging"),
    mutants: [
      ["LARGEST_ERROR = 1000", "LARGEST_ERROR = 1e300", "no trajectory diverges"],
      [
        "state.time *= longer ? 2 : 0.5;",
        "state.time *= longer ? 0.5 : 2;",
        "the search for the first step goes the wrong way",
      ],
    ],
  },
  {
    file: "src/sampling/elliptical-slice.ts",
    tests: tests("stationary", "geweke", "contract"),
    mutants: [["[theta - TWO_PI, theta]", "[0, theta]", "the bracket holds one side alone"]],
  },
  {
    file: "src/sampling/tempering.ts",
    tests: tests("single-steps", "tempering"),
    mutants: [
      [
        "(ladder[k + 1] - ladder[k]) * nBeta * (cold.loss - hot.loss)",
        "(ladder[k + 1] - ladder[k]) * nBeta * (hot.loss - cold.loss)",
        "sign in the acceptance of a swap",
      ],
      [
        "if (from[hot] === -1) state.roundTrips++",
        "if (from[hot] === 1) state.roundTrips++",
        "what counts as a round trip",
      ],
    ],
  },
  {
    file: "src/sampling/ladder.ts",
    tests: tests("tempering"),
    mutants: [["(whole * rung) / (rungs - 1)", "(whole * rung) / rungs", "levels of an even ladder"]],
  },
  {
    file: "src/sampling/reweighting.ts",
    tests: tests("reweighting"),
    mutants: [
      [
        "f[k] - rungs[k].nBeta * loss[g]",
        "f[k] + rungs[k].nBeta * loss[g]",
        "sign of the loss in the mixture of temperatures",
      ],
      ["MOST_ITERATIONS = 1000", "MOST_ITERATIONS = 1", "free energies are not made consistent"],
    ],
  },
  {
    file: "src/sampling/walls.ts",
    tests: tests("walls"),
    mutants: [["laps % 2 !== 0", "laps % 2 === 1", "a reflection at the lower wall does not turn the momentum"]],
  },
  {
    file: "src/sampling/linear-network-conditionals.ts",
    tests: tests("linear-network-conditionals"),
    mutants: [
      [
        "const pull = 2 * target.nBeta * factor;",
        "const pull = target.nBeta * factor;",
        "precision of the conditionals halved",
      ],
    ],
  },
  {
    file: "src/sampling/prior.ts",
    tests: tests("target", "contract"),
    mutants: [
      ["return 0.5 * precision * sum;", "return precision * sum;", "energy of a Gaussian prior doubled"],
      ["w[i] < low[i] || w[i] > high[i]", "w[i] < low[i]", "a box without its upper walls"],
    ],
  },
  {
    file: "src/sampling/surrogate.ts",
    tests: tests("surrogate"),
    mutants: [
      [
        "const gain = before - (energy - nearEnergy(own));",
        "const gain = before - energy + 0.9 * nearEnergy(own);",
        "energy of the surrogate in the second acceptance",
      ],
    ],
  },
  {
    file: "src/sampling/adaptation/dual-averaging.ts",
    tests: tests("adaptation/dual-averaging"),
    mutants: [
      ["Math.sqrt(t) / 0.05", "Math.sqrt(t) / 0.5", "gain of dual averaging"],
      ["const weight = 1 / (t + 10)", "const weight = 1 / (t + 20)", "first weights of dual averaging"],
    ],
  },
  {
    file: "src/sampling/adaptation/spread.ts",
    tests: tests("adaptation/spread"),
    mutants: [["draws / (draws + 5) / (draws - 1)", "draws / (draws + 5) / draws", "divisor of a learnt variance"]],
  },
  {
    file: "src/sampling/adaptation/windows.ts",
    tests: tests("adaptation/windows"),
    mutants: [["start + size + 2 * size > to", "start + size + size > to", "the last window of a burn-in"]],
  },
  {
    file: "src/sampling/diagnostics/effective-sample-size.ts",
    tests: tests("diagnostics/definitions", "diagnostics/reference"),
    mutants: [
      [
        "rho[lag] + rho[lag + 1] > rho[lag - 2] + rho[lag - 1]",
        "rho[lag] + rho[lag + 1] > 2",
        "Geyer's monotone cut is missing in the effective draws",
      ],
      ["(even > 0) rho[last] = even", "(even > 0) rho[last] = 0", "the even lag behind the sum is lost"],
      [
        "ofQuantile(draws, 0.05), ofQuantile(draws, 0.95)",
        "ofQuantile(draws, 0.25), ofQuantile(draws, 0.75)",
        "which quantiles are the tails",
      ],
    ],
  },
  {
    file: "src/sampling/diagnostics/r-hat.ts",
    tests: tests("diagnostics/definitions", "diagnostics/reference"),
    mutants: [["(between / within + n - 1) / n", "(between / within + n) / n", "R-hat without the - 1"]],
  },
  {
    file: "src/sampling/diagnostics/ranks.ts",
    tests: tests("diagnostics/definitions", "diagnostics/reference"),
    mutants: [
      ["(below + 1 - 0.375) / (total + 0.25)", "(below + 1 - 0.5) / total", "Blom's scores replaced by Hazen's"],
    ],
  },
  {
    file: "src/sampling/diagnostics/energy.ts",
    tests: tests("diagnostics/definitions", "diagnostics/reference"),
    mutants: [["(energy.length - 1)", "energy.length", "divisor of E-BFMI"]],
  },
  {
    file: "src/sampling/diagnostics/standard-error.ts",
    tests: tests("diagnostics/standard-error", "diagnostics/reference", "diagnostics/definitions"),
    mutants: [
      ["0.1586553, a, b", "0.16, a, b", "lower end of a quantile's standard error"],
      ["/ ess / second / 4", "/ ess / second / 2", "error of a standard deviation"],
    ],
  },
  {
    file: "src/sampling/diagnostics/summary.ts",
    tests: tests("diagnostics/definitions", "sample", "diagnostics/reference"),
    mutants: [
      ["LARGEST_R_HAT = 1.01", "LARGEST_R_HAT = 1.1", "R-hat may be 1.1"],
      ["LEAST_ESS * chains", "LEAST_ESS", "effective draws for all chains rather than for each"],
    ],
  },
];
