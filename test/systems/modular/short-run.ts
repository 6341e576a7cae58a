import type { Study } from "../../../src/contracts/protocol.ts";
import { modular } from "../../../src/systems/modular/index.ts";
import { runOf } from "../../support/host.ts";

const SMALL = { p: 7, K: 16, steps: 700, evaluateEvery: 20, burnIn: 50, draws: 60, measurements: "few" };

/** Studies of the names that the figures read, at p = 7 and with short chains. */
const studies: readonly Study[] = [
  { name: "S1", protocol: "train", chains: 3, settings: { ...SMALL, weightDecay: 1 } },
  { name: "S0", protocol: "train", chains: 2, settings: { ...SMALL, spectrum: "yes", langevinChains: 2 } },
  { name: "S6", protocol: "train", chains: 1, settings: { ...SMALL, weightDecay: 0, measurements: "none" } },
  { name: "point-narrow-hmc", protocol: "coefficient", chains: 2, settings: { burnIn: 60, draws: 40 } },
  { name: "point-teacher", protocol: "coefficient", chains: 1, settings: { point: "teacher", burnIn: 60, draws: 40 } },
];

/** A run of these studies, made anew. */
export const shortRun = () => runOf(modular, studies, 0);
