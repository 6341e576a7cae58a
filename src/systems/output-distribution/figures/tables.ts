import type { Table } from "../../../charts/exhibits.ts";
import { largestOf, segmentScan } from "../../../transitions/dissimilarity/index.ts";
import { magnetFisherPeak, magnetLaws, magnetStatistics } from "../theory/curie-weiss.ts";
import { gridOf } from "../theory/index.ts";

export const magnetTable: Table = {
  name: "curie-weiss",
  title: "Curie-Weiss magnets by size",
  needs: [],
  columns: [
    { label: "spins", numeric: true },
    { label: "peak of lin, L = 1", numeric: true },
    { label: "peak of F", numeric: true },
    { label: "largest F per spin", numeric: true },
    { label: "Binder's U4 at T = 1", numeric: true },
  ],
  caption: () =>
    "Theory: from the exact law of |M|, scans over temperatures from 0.4 to 1.6 in steps of 0.02. In the limit both peaks are at 1, and U4 is 0.27052 as of every mean-field magnet.",
  rows: () => {
    const T = gridOf({ lo: 0.4, hi: 1.6, step: 0.02 });
    return [64, 256, 1024, 4096].map(N => {
      const { splits, lin } = segmentScan(T.map(magnetLaws(N)), T, 1);
      const peak = magnetFisherPeak(N);
      return [
        String(N),
        largestOf(splits, lin).location.toFixed(4),
        peak.T.toFixed(4),
        (peak.F / N).toFixed(4),
        magnetStatistics(N, 1).U4.toFixed(6),
      ];
    });
  },
};
