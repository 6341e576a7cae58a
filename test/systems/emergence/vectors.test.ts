import { emergence } from "../../../src/systems/emergence/index.ts";
import { testHeldVectors } from "../../support/held-vectors.ts";

testHeldVectors(emergence, { passed: 70, skipped: 0 });
