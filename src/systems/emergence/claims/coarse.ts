import { type Claim, claim } from "../../../contracts/claim.ts";
import { near, never } from "../../../contracts/comparisons.ts";
import { log } from "../../../numerics/elementary.ts";
import { stream } from "../../../numerics/stream.ts";
import { effectiveInformation } from "../../../transitions/emergence/effective-information.ts";
import { screeningOff } from "../../../transitions/emergence/screening-off.ts";

const DRAWS = 400;

/** Entropy of a distribution in bits. */
const entropy = (p: readonly number[]): number =>
  -p.reduce((sum, value) => sum + (value > 0 ? value * log(value) : 0), 0) / Math.LN2;

/** Three states that go to any of the three, and one that stays. */
const HOEL = [[1 / 3, 1 / 3, 1 / 3, 0], [1 / 3, 1 / 3, 1 / 3, 0], [1 / 3, 1 / 3, 1 / 3, 0], [0, 0, 0, 1]]; // biome-ignore format: a matrix

export const coarseClaims: readonly Claim[] = [
  claim("macro-determines-more", "section 7; Hoel, Albantakis and Tononi 2013", {
    statement:
      "Four states of which three are alike determine 0.811278 bits of their effects, two macro states 1: a gain of 0.188722.",
    routes: {
      measured: "mean divergence of the effects of a state from the mean effect",
      predicted: "entropy of the mean effect less the mean entropy of effects",
      kind: "formula",
    },
    studies: [],
    measure: () => {
      const { micro, macro, causalEmergence } = effectiveInformation(HOEL, [0, 0, 0, 1]);
      const mean = HOEL[0].map((_, j) => HOEL.reduce((sum, row) => sum + row[j], 0) / HOEL.length);
      const predicted = entropy(mean) - HOEL.reduce((sum, row) => sum + entropy(row), 0) / HOEL.length;
      return [
        near("micro", micro, predicted, 1e-12),
        near("macro", macro, 1, 1e-12),
        near("gain", causalEmergence, 1 - predicted, 1e-12),
      ];
    },
  }),

  claim("merging-loses", "section 7; data-processing inequality", {
    statement:
      "Merging micro states never adds information on a target: the share that a coarse description keeps is from 0 to 1.",
    routes: {
      measured: "random counts of six states and three targets, random partitions",
      predicted: "never above 1; the information itself from entropies of rows, columns and table",
      kind: "formula",
    },
    studies: [],
    measure: () => {
      const random = stream({ seed: 1, purpose: "random counts" });
      const seen = Array.from({ length: DRAWS }, () => {
        const joint = Array.from({ length: 6 }, () => Array.from({ length: 3 }, () => 1 + random.below(12)));
        const partition = joint.map(() => random.below(3));
        return { joint, ...screeningOff(joint, partition) };
      });
      const { joint, miMicro } = seen[0];
      const n = joint.flat().reduce((sum, value) => sum + value, 0);
      const share = (counts: readonly number[]) => entropy(counts.map(value => value / n));
      const rows = joint.map(row => row.reduce((sum, value) => sum + value, 0));
      const columns = joint[0].map((_, j) => joint.reduce((sum, row) => sum + row[j], 0));
      return [
        never("shares above 1", seen.filter(({ screeningOff }) => screeningOff! > 1 + 1e-12).length, DRAWS),
        near("information", miMicro, share(rows) + share(columns) - share(joint.flat()), 1e-12),
      ];
    },
  }),
];
