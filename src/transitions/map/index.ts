export { nextRuns } from "./next-runs.ts";
export type {
  Cell,
  CellReading,
  MapGrid,
  MapOptions,
  MapRun,
  PhaseMap,
  Roughness,
  RunOptions,
  Vote,
} from "./phase-map.ts";
export { readMap } from "./read-map.ts";
