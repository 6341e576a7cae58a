import type { System } from "../../contracts/system.ts";
import { card } from "./card.ts";
import { outputClaims } from "./claims/index.ts";
import { outputStudies } from "./claims/studies.ts";
import { decaySweepProtocol } from "./protocols/decay-sweep.ts";
import { estimatorsProtocol } from "./protocols/estimators.ts";
import { curieWeissProtocol, isingProtocol } from "./protocols/magnets.ts";
import { falseAlarmsProtocol, floorsProtocol } from "./protocols/nulls.ts";
import { outputTheory } from "./theory/index.ts";
import { outputVectors } from "./vectors.ts";

export const outputDistribution: System = {
  ...card,
  theory: outputTheory,
  protocols: {
    estimators: estimatorsProtocol,
    floors: floorsProtocol,
    "false-alarms": falseAlarmsProtocol,
    "curie-weiss": curieWeissProtocol,
    ising: isingProtocol,
    "decay-sweep": decaySweepProtocol,
  },
  studies: outputStudies,
  claims: outputClaims,
  vectors: outputVectors,
};
