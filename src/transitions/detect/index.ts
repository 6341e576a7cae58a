export type { Agreement } from "./agreement.ts";
export {
  findTransitions,
  type TrackChange,
  type TrackFit,
  type Transition,
  type TransitionsFound,
} from "./find-transitions.ts";
export type { Track } from "./view.ts";
