import type { Figure } from "../../../charts/exhibits.ts";
import { lineChart } from "../../../charts/line-chart.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { byChain } from "../../../protocols/records.ts";
import { LEVEL_TOLERANCE } from "../phases.ts";
import { levelsOf } from "./levels.ts";
import { IN_TRANSIT, phaseColour } from "./phase-colour.ts";
import { countLabels, features, labelOf, type Scheme } from "./records.ts";

/** Room below the lowest level. */
const FLOOR = 0.005;

/**
 * The losses of all runs of a study over the energy levels, coloured by the phase each run ends in. Where they start far
 * above the levels, `ceiling` cuts the first epochs off.
 */
export const lossCurves = (study: Scheme, start: string, ceiling?: number): Figure => {
  const title = `Loss of every run, ${start}`;
  return {
    name: `loss-${study.name}`,
    title,
    width: 860,
    height: 480,
    needs: [study.has("checkpoint"), study.has("final")],
    caption: run => {
      const checkpoints = study.of(run, "checkpoint");
      const settled = checkpoints.filter(record => labelOf(record) !== IN_TRANSIT).length;
      const share = ((100 * settled) / checkpoints.length).toFixed(1);
      return (
        `Measured: the population loss, integrated exactly, of ${study.of(run, "final").length} runs at their checkpoints; ` +
        `one line for each seed, coloured by the phase it ends in, not smoothed. Theory: the closed-form energy levels at ` +
        `c = ${features(run, study)} as dashed lines. ${settled} of ${checkpoints.length} checkpoints (${share} %) lie within ${LEVEL_TOLERANCE} of a level.` +
        (ceiling ? ` Losses above ${ceiling}, in the first epochs, are beyond the frame.` : "")
      );
    },
    draw: (run, surface) => {
      const ends = new Map(study.of(run, "final").map(record => [record.chain, labelOf(record)]));
      const often = countLabels(study.of(run, "final"));
      const rarity = (chain: number) => -(often.get(ends.get(chain) ?? IN_TRANSIT) ?? 0);
      const chains = [...byChain(study.of(run, "checkpoint"))].sort(([a], [b]) => rarity(a) - rarity(b) || a - b);
      return lineChart(
        {
          title,
          description: describe(run, study),
          x: { label: "epoch" },
          y: { label: "population loss", ...(ceiling && { domain: [floorOf(run, study), ceiling] as const }) },
          curves: chains.map(([chain, records]) => ({
            points: records.map(({ epoch, loss }) => [epoch, loss]),
            colour: phaseColour(ends.get(chain) ?? IN_TRANSIT),
            opacity: chains.length > 40 ? 0.45 : 0.65,
            strokeWidth: 1.1,
          })),
          levels: reached(run, study).map(({ label, loss }) => ({
            label: `${label}  ${loss.toFixed(4)}`,
            value: loss,
            colour: phaseColour(label),
          })),
        },
        surface,
      );
    },
  };
};

const floorOf = (run: RunView, study: Scheme): number =>
  Math.min(...levelsOf(features(run, study)).map(({ loss }) => loss)) - FLOOR;

/** The levels on which a checkpoint was seen, and all minima with no dead vertex. */
const reached = (run: RunView, study: Scheme) => {
  const seen = countLabels(study.of(run, "checkpoint"));
  return levelsOf(features(run, study)).filter(
    ({ label, phi, kind }) => seen.has(label) || (phi === 0 && kind === "minimum"),
  );
};

const describe = (run: RunView, study: Scheme): string => {
  const counts = [...countLabels(study.of(run, "final"))].map(([label, count]) => `${count} at ${label}`);
  return `Falling staircases whose steps lie on the energy levels. Of the runs, ${counts.join(", ")} at the last epoch.`;
};
