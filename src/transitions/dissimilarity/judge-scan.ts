import { type Finding, type Health, healthFrom } from "../../contracts/health.ts";
import { quantile } from "../../numerics/statistics/quantile.ts";
import { MOST_NOISE } from "./coarse-grain.ts";
import type { MeasureName } from "./measures.ts";
import type { OutputSource } from "./source.ts";
import type { DissimilaritySign, OutputTransition, SegmentScan } from "./verdict.ts";

interface Judged {
  readonly source: OutputSource;
  readonly scans: readonly SegmentScan[];
  readonly main: number;
  readonly measure: MeasureName;
  readonly transitions: readonly OutputTransition[];
  readonly probePeaks: readonly (number | null)[] | null;
}

/** How far a scan can be trusted: saturation, agreement of the lengths, noise of counts, largest value at an edge, agreement of probes. */
export const judgeScan = (judged: Judged): Health<DissimilaritySign> =>
  healthFrom([...saturation(judged), ...lengths(judged), ...noise(judged), ...edge(judged), ...probes(judged)]);

type Sign = Finding<DissimilaritySign>;

const text = (value: number): string => String(Number(value.toPrecision(4)));

const saturation = ({ scans, main }: Judged): Sign[] => {
  const full = scans.filter(({ saturated }) => saturated !== null);
  if (full.length === 0) return [{ name: "saturation", outcome: "good", text: "no scan has a plateau above 0.8" }];
  const every = scans[main].saturated !== null;
  const { L, saturated, splits } = full[0];
  const [first, last] = saturated!;
  return [
    {
      name: "saturation",
      outcome: every ? "bad" : "good",
      text:
        `L = ${full.map(each => each.L).join(", ")}: above 0.8 all the way from ${text(splits[first])} to ${text(splits[last])} at L = ${L}, ` +
        `where the place of the largest value means nothing${every ? ": take smaller steps of the control" : "; read at a smaller L"}`,
    },
  ];
};

/** Whether a scan is precise enough to show a change at a place. */
const couldShow = (scan: SegmentScan, location: number, measure: MeasureName): boolean => {
  const { splits, values, background, threshold } = scan;
  const distances = splits.map(split => Math.abs(split - location));
  const nearest = distances.indexOf(Math.min(...distances));
  return values[measure][nearest] - background > threshold[nearest];
};

const lengths = ({ transitions, scans, measure }: Judged): Sign[] =>
  scans.length < 2
    ? []
    : transitions.map(({ location, elsewhere }) => {
        const others = elsewhere.filter(({ L }) => scans.find(scan => scan.L === L)!.saturated === null);
        const agreeing = others.filter(each => each.location !== null);
        const able = others.filter(({ L }) => couldShow(scans.find(scan => scan.L === L)!, location, measure));
        if (agreeing.length > 0)
          return {
            name: "lengths",
            outcome: "good",
            value: agreeing.length,
            text: `the change at ${text(location)} is a peak at ${agreeing.length} of ${others.length} other lengths of segments too`,
          };
        return {
          name: "lengths",
          outcome: able.length > 0 ? "doubtful" : "good",
          value: 0,
          text:
            able.length > 0
              ? `the change at ${text(location)} stands out at no other length of segments: it rests on this one alone`
              : `no other length of segments is precise enough to show the change at ${text(location)}`,
        };
      });

const noise = ({ source }: Judged): Sign[] => {
  if (source.noise === undefined) return [];
  const wrong = source.noise > MOST_NOISE;
  return [
    {
      name: "noise",
      outcome: wrong ? "doubtful" : "good",
      value: source.noise,
      text: `outcomes in effect over samples of a split: ${text(source.noise)}${wrong ? `, more than ${MOST_NOISE}: frequencies alone have no power here; take outcomes together, or draw more samples` : ""}`,
    },
  ];
};

const edge = ({ scans, main, measure }: Judged): Sign[] => {
  const { values, splits, background, threshold, L } = scans[main];
  const own = values[measure];
  let best = 0;
  for (let i = 1; i < own.length; i++) if (own[i] > own[best]) best = i;
  const atEdge = (best === 0 || best === own.length - 1) && own[best] - background > threshold[best];
  return atEdge
    ? [
        {
          name: "edge",
          outcome: "doubtful",
          value: splits[best],
          text: `at L = ${L} the outputs change most at ${text(splits[best])}, the edge of the range: a peak there cannot be told from a slope; widen the range`,
        },
      ]
    : [];
};

const probes = ({ probePeaks, transitions, scans, main, source }: Judged): Sign[] => {
  if (!probePeaks || transitions.length === 0) return [];
  const places = probePeaks.filter(place => place !== null);
  if (places.length < 2) return [];
  const { L } = scans[main];
  const step = (source.control[source.control.length - 1] - source.control[0]) / (source.control.length - 1);
  const reach = (L + 1) * step;
  const near = places.filter(place => Math.abs(place - transitions[0].location) <= reach).length;
  const share = near / places.length;
  const [low, high] = [0.16, 0.84].map(p => quantile(places, p));
  return [
    {
      name: "probes",
      outcome: share >= 0.5 ? "good" : "doubtful",
      value: share,
      text:
        `${near} of ${places.length} probes change most within ${text(reach)} of ${text(transitions[0].location)}, the middle 68 % of them from ${text(low)} to ${text(high)}` +
        (share >= 0.5 ? "" : ": probes change one by one, not all at once"),
    },
  ];
};
