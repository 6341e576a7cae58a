export type { Agreement } from "./agreement.ts";
export {
  findTransitions,
  type Transition,
  type TransitionsFound,
} from "./find-transitions.ts";
export {
  regionsOf,
  type SharedChange,
  type SharedChanges,
  sharedChangesOf,
  type ThresholdCounts,
  type TrackRegions,
  thresholdCountsOf,
} from "./more-looks.ts";
export type { TrackChange, TrackFit } from "./track-fit.ts";
export type { Track } from "./view.ts";
