import { outputDistribution } from "../../../src/systems/output-distribution/index.ts";
import { testHeldVectors } from "../../support/held-vectors.ts";

testHeldVectors(outputDistribution, { passed: 28, skipped: 0 });
