import { type Claim, claim } from "../../../contracts/claim.ts";
import { fraction, known } from "../../../contracts/comparisons.ts";
import { DEFAULTS } from "../../../transitions/emergence/audit.ts";
import { type CurveRecord, JUMPS, POINTS } from "../protocols/noisy-curves.ts";
import { noisyCurves } from "./studies.ts";

const isFound = ({ deltaJump }: CurveRecord): boolean => deltaJump > DEFAULTS.threshold;

/** Jumps found among 300 of an earlier ensemble, by their size in standard deviations of the noise, and how near is near. */
const earlier = { 3: [0.05, 0.05], 6: [0.47, 0.08], 10: [0.92, 0.06], 20: [1, 0.02] } as const;

export const noiseClaims: readonly Claim[] = [
  claim("false-alarms", "section 4.3", {
    statement:
      "Straight lines and smooth crossovers with noise are taken for jumps in at most 4 % of the tables, from 8 scales to 16.",
    routes: { measured: "tables with noise, evidence above 10", predicted: "4 %, stated beforehand", kind: "bound" },
    studies: [noisyCurves],
    measure: run =>
      POINTS.flatMap(T =>
        (["line", "crossover"] as const).map(curve =>
          fraction(
            `${curve}, ${T} scales`,
            noisyCurves.of(run, "sample").filter(record => record.curve === curve && record.N === T),
            isFound,
            { below: 0.04 },
          ),
        ),
      ),
  }),

  claim("jumps-found", "section 4.3", {
    statement:
      "Among 12 scales a jump of 20 standard deviations of the noise is found in at least 98 % of the tables; of 3, 6 and 10 in 5, 47 and 92 %.",
    routes: {
      measured: "lines with a jump in the middle, evidence above 10",
      predicted: "an earlier ensemble; 98 %, stated beforehand",
      kind: "simulated",
    },
    studies: [noisyCurves],
    measure: run => {
      const found = (jump: (typeof JUMPS)[number], predicted: number | { readonly above: number }) =>
        fraction(
          `jump of ${jump}`,
          noisyCurves.of(run, "sample").filter(record => record.curve === "jump" && record.jump === jump),
          isFound,
          predicted,
        );
      return [
        ...JUMPS.map(jump => ({ ...found(jump, earlier[jump][0]), tolerance: earlier[jump][1] })),
        ...known("bound", found(20, { above: 0.98 })),
      ];
    },
  }),
];
