import { expect, test } from "vitest";
import * as core from "../src/index.ts";
import * as charts from "../src/public/charts.ts";

test("landau exports exactly these names", () => {
  expect(Object.keys(core).sort()).toMatchInlineSnapshot(`
    [
      "LandauError",
      "allowedRange",
      "bootstrap",
      "chainsOf",
      "changeRegions",
      "defaultsOf",
      "descend",
      "diagnostics",
      "dissimilarity",
      "earlyWarning",
      "emergence",
      "exactCoefficients",
      "exactModels",
      "findChanges",
      "findJointChanges",
      "findPlateaus",
      "findTransitions",
      "freeEnergy",
      "fullBatch",
      "gradientFlow",
      "hessianTrace",
      "inlineExecutor",
      "isLandauError",
      "judge",
      "judgeComparison",
      "langevinStep",
      "leapfrog",
      "learningCoefficient",
      "learningCoefficients",
      "levelStretches",
      "linearCheckpoints",
      "logAndLinearCheckpoints",
      "logCheckpoints",
      "minibatches",
      "model",
      "nextRuns",
      "objective",
      "optimisers",
      "orderOfTransition",
      "parseSpec",
      "patience",
      "posterior",
      "posteriorPotential",
      "potentialTarget",
      "priors",
      "quantile",
      "readMap",
      "readTrainingLog",
      "responses",
      "runInMemory",
      "sample",
      "sampleInSlices",
      "samplers",
      "schedules",
      "segmentation",
      "segmentationPath",
      "stream",
      "systems",
      "train",
      "trainEnsemble",
      "verifyFile",
      "webExecutor",
      "wilson",
    ]
  `);
});

test("landau/charts exports exactly these names", () => {
  expect(Object.keys(charts).sort()).toMatchInlineSnapshot(`
    [
      "categoryHistogram",
      "colours",
      "columnPolygons",
      "countBars",
      "energyLevelDiagram",
      "heatMap",
      "ink",
      "isAvailable",
      "lineChart",
      "onDark",
      "page",
      "phaseMap",
      "series",
      "svgText",
    ]
  `);
});

test("the namespaces of exact values hold exactly these names", () => {
  expect(Object.keys(core.exactCoefficients).sort()).toMatchInlineSnapshot(`
    [
      "boxAverage",
      "deepLinear",
      "diagonalLinear",
      "escapeLaw",
      "fractionText",
      "homogeneous",
      "independentProduct",
      "independentSum",
      "langevinBias",
      "largestStableStep",
      "linePlusDot",
      "linearNetworkAverage",
      "localisedPower",
      "localisedQuadratic",
      "locationMixture",
      "monomialIdeal",
      "normalCrossing",
      "planeCurve",
      "rankFloor",
      "reducedRank",
      "reducedRankLocal",
      "regular",
      "sumOfPowers",
      "symmetricFactorisation",
      "tanhNetwork",
      "toNumber",
    ]
  `);
  expect(Object.keys(core.exactModels).sort()).toMatchInlineSnapshot(`
    [
      "allModels",
      "curveModels",
      "linearNetworkModels",
      "monomialModels",
      "nonlinearModels",
      "quadraticModels",
    ]
  `);
});

test("families of names are namespaces", () => {
  const { diagnostics, optimisers, priors, samplers, schedules } = core;
  const families = { diagnostics, optimisers, priors, samplers, schedules };
  const names = Object.fromEntries(Object.entries(families).map(([family, all]) => [family, Object.keys(all).sort()]));
  expect(names).toMatchInlineSnapshot(`
    {
      "diagnostics": [
        "coefficientOfDraws",
        "eBfmi",
        "essBulk",
        "essMean",
        "essQuantile",
        "essSd",
        "essTail",
        "mcseMean",
        "mcseQuantile",
        "mcseSd",
        "rHat",
        "summarise",
      ],
      "optimisers": [
        "adam",
        "clipped",
        "gradientDescent",
        "heavyBall",
      ],
      "priors": [
        "boxed",
        "custom",
        "flat",
        "localised",
        "normal",
      ],
      "samplers": [
        "baoab",
        "elliptical-slice",
        "gibbs",
        "hmc",
        "langevin",
        "mala",
        "nuts",
        "rmsprop-langevin",
        "sghmc",
        "sgnht",
        "surrogate",
        "tempering",
      ],
      "schedules": [
        "constant",
        "cosineDecay",
        "exponentialDecay",
        "piecewiseLinear",
        "stepDecay",
        "warmUp",
      ],
    }
  `);
});
