import type { System } from "../../contracts/system.ts";
import { card } from "./card.ts";
import { emergenceClaims } from "./claims/index.ts";
import { emergenceStudies } from "./claims/studies.ts";
import { classifiersProtocol } from "./protocols/classifiers.ts";
import { growthProtocol } from "./protocols/growth.ts";
import { noisyCurvesProtocol } from "./protocols/noisy-curves.ts";
import { slowingDownProtocol } from "./protocols/slowing-down.ts";
import { storageProtocol } from "./protocols/storage.ts";
import { emergenceTheory } from "./theory/index.ts";

export const emergence: System = {
  ...card,
  theory: emergenceTheory,
  protocols: {
    classifiers: classifiersProtocol,
    storage: storageProtocol,
    "noisy-curves": noisyCurvesProtocol,
    growth: growthProtocol,
    "slowing-down": slowingDownProtocol,
  },
  studies: emergenceStudies,
  claims: emergenceClaims,
  vectors: {},
};
