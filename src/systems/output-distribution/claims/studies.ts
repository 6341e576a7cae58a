import { study } from "../../../protocols/study.ts";
import { decaySweepProtocol } from "../protocols/decay-sweep.ts";
import { estimatorsProtocol } from "../protocols/estimators.ts";
import { curieWeissProtocol, isingProtocol } from "../protocols/magnets.ts";
import { falseAlarmsProtocol, floorsProtocol } from "../protocols/nulls.ts";

export const estimators = study(
  "estimators",
  estimatorsProtocol,
  { chunk: 20 },
  { quick: { chains: 100 }, full: { chains: 1600 } },
);

export const floors = study(
  "floors",
  floorsProtocol,
  { chunk: 20 },
  { quick: { chains: 100 }, full: { chains: 1000 } },
);

export const falseAlarms = study(
  "false-alarms",
  falseAlarmsProtocol,
  { chunk: 20 },
  { quick: { chains: 900 }, full: { chains: 4000 } },
);

export const sampledMagnets = study(
  "sampled-curie-weiss",
  curieWeissProtocol,
  { chunk: 10 },
  { quick: { chains: 100 }, full: { chains: 1000 } },
);

export const sampledIsing = study(
  "sampled-ising",
  isingProtocol,
  { chunk: 2 },
  { quick: { chains: 20 }, full: { chains: 400 } },
);

/** One hidden layer, where learning ends continuously at weight decay 1, and two, where it ends in a jump at 0.4725. */
export const shallowSweep = study(
  "decay-one-layer",
  decaySweepProtocol,
  { settings: { D: 1, from: 0.2, to: 1.2 } },
  { quick: { chains: 4 }, full: { chains: 40 } },
);

export const deepSweep = study(
  "decay-two-layers",
  decaySweepProtocol,
  { settings: { D: 2, from: 0.1, to: 0.6 } },
  { quick: { chains: 4 }, full: { chains: 40 } },
);

export const outputStudies = [estimators, floors, falseAlarms, sampledMagnets, sampledIsing, shallowSweep, deepSweep];
