import { study } from "../../../protocols/study.ts";
import { classifiersProtocol } from "../protocols/classifiers.ts";
import { growthProtocol } from "../protocols/growth.ts";
import { noisyCurvesProtocol } from "../protocols/noisy-curves.ts";
import { slowingDownProtocol } from "../protocols/slowing-down.ts";
import { storageProtocol } from "../protocols/storage.ts";

export const classifiers = study(
  "classifiers",
  classifiersProtocol,
  {},
  { quick: { chains: 12 }, full: { chains: 40, settings: { steps: 100 } } },
);

export const storage = study(
  "storage",
  storageProtocol,
  { chunk: 250 },
  { quick: { chains: 4000 }, full: { chains: 20_000 } },
);

export const noisyCurves = study(
  "noisy-curves",
  noisyCurvesProtocol,
  { chunk: 50 },
  { quick: { chains: 600 }, full: { chains: 4000 } },
);

export const growth = study(
  "growth",
  growthProtocol,
  { chunk: 100 },
  { quick: { chains: 6000 }, full: { chains: 20_000 } },
);

export const slowingDown = study(
  "slowing-down",
  slowingDownProtocol,
  { chunk: 10 },
  { quick: { chains: 400 }, full: { chains: 1600 } },
);

export const emergenceStudies = [classifiers, storage, noisyCurves, growth, slowingDown];
