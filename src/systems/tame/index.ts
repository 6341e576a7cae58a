import type { System } from "../../contracts/system.ts";
import { card } from "./card.ts";
import { tameClaims } from "./claims/index.ts";
import { tameStudies } from "./claims/studies.ts";
import { deviationProtocol, interpolationProtocol, slowRollProtocol, towersProtocol } from "./protocols/index.ts";
import { tameTheory } from "./theory/index.ts";

export const tame: System = {
  ...card,
  theory: tameTheory,
  protocols: {
    "uniform-deviation": deviationProtocol,
    interpolation: interpolationProtocol,
    "slow-roll": slowRollProtocol,
    towers: towersProtocol,
  },
  studies: tameStudies,
  claims: tameClaims,
  vectors: {},
};
