import { study } from "../../../protocols/study.ts";
import { deviationProtocol, interpolationProtocol, slowRollProtocol, towersProtocol } from "../protocols/index.ts";

/** Probability with which bounds may fail. */
export const DELTA = 0.05;

export const deviations = study(
  "uniform-deviation",
  deviationProtocol,
  { chunk: 200 },
  { quick: { chains: 4000 }, full: { chains: 20_000 } },
);

export const interpolations = study(
  "interpolation",
  interpolationProtocol,
  { chunk: 25 },
  { quick: { chains: 500 }, full: { chains: 4000 } },
);

export const slowRolls = study(
  "slow-roll",
  slowRollProtocol,
  { chunk: 100 },
  { quick: { chains: 2000 }, full: { chains: 10_000 } },
);

export const towerMaps = study("towers", towersProtocol, {}, { quick: { chains: 20 }, full: { chains: 100 } });

export const tameStudies = [deviations, interpolations, slowRolls, towerMaps];
