import type { CapabilityTask } from "./capability.ts";
import { BIMODAL, PEAK, replicateStats, variancePeak } from "./replicate-stats.ts";
import type { EmergenceSigns } from "./signs.ts";

/** Replicates at one scale that tell something of their distribution. */
const REPLICATES = 8;
/** Scales over which a peak of their variance can be told. */
const LEAST_PEAK = 5;

/** Signs that a table can show: replicates that part into groups, or whose variance peaks inside the range. */
export const signsOf = ({ points }: CapabilityTask): EmergenceSigns => {
  const several = points.map(({ replicates }) => replicates).filter(({ length }) => length >= REPLICATES);
  const groups = several.map(values => replicateStats(values));
  const all = several.length >= LEAST_PEAK && several.length === points.length;
  const peak = all ? variancePeak(groups.map(({ variance }) => variance)) : { interior: false, ratio: 1 };
  const peaks = peak.interior && peak.ratio > PEAK;
  const parts = groups.some(({ bimodality }) => bimodality !== null && bimodality > BIMODAL);
  const criticality = several.length === 0 ? null : parts || peaks;
  return { scaling: null, criticality, compression: null, bases: null, generalisation: null };
};
