import type { Figure } from "../charts/exhibits.ts";
import type { RunView } from "../contracts/run-view.ts";
import { byChain } from "../protocols/records.ts";
import type { EpochStudy } from "../protocols/train-epochs.ts";
import { chartFigure } from "./chart-figure.ts";
import { type ColourOf, countLabels, IN_TRANSIT, type LabelledLevel, labelOf, levelLines } from "./labels.ts";

/** Room below the lowest level. */
const FLOOR = 0.005;

interface LossOverLevels {
  /** Where runs begin: "from a perturbed 4-gon". */
  readonly start: string;
  /** Where runs start far above the levels, this cuts the first epochs off. */
  readonly ceiling?: number;
  readonly colourOf: ColourOf;
  /** What the levels are, for the caption: "the closed-form energy levels at c = 6". */
  levelText(run: RunView): string;
  /** A level is drawn when a checkpoint is on it, or always. */
  levels(run: RunView): readonly (LabelledLevel & { readonly always: boolean })[];
  /** Within this of a level a checkpoint is on it. */
  readonly tolerance: number;
}

/** The losses of all runs of a study over the levels, coloured by the phase each run ends in. */
export const lossOverLevels = (
  study: EpochStudy,
  { start, ceiling, colourOf, levelText, levels, tolerance }: LossOverLevels,
): Figure =>
  chartFigure({
    name: `loss-${study.name}`,
    title: `Loss of every run, ${start}`,
    width: 860,
    height: 480,
    needs: [study.has("checkpoint"), study.has("final")],
    caption: run => {
      const checkpoints = study.of(run, "checkpoint");
      const settled = checkpoints.filter(record => labelOf(record) !== IN_TRANSIT).length;
      const share = ((100 * settled) / checkpoints.length).toFixed(1);
      return (
        `Measured: the population loss, integrated exactly, of ${study.of(run, "final").length} runs at their checkpoints; ` +
        `one line for each seed, coloured by the phase it ends in, not smoothed. Theory: ${levelText(run)} as dashed lines. ` +
        `${settled} of ${checkpoints.length} checkpoints (${share} %) lie within ${tolerance} of a level.` +
        (ceiling ? ` Losses above ${ceiling}, in the first epochs, are beyond the frame.` : "")
      );
    },
    chart: run => {
      const finals = study.of(run, "final");
      const ends = new Map(finals.map(record => [record.chain, labelOf(record)]));
      const often = countLabels(finals);
      const rarity = (chain: number) => -(often.get(ends.get(chain) ?? IN_TRANSIT) ?? 0);
      const checkpoints = study.of(run, "checkpoint");
      const chains = [...byChain(checkpoints)].sort(([a], [b]) => rarity(a) - rarity(b) || a - b);
      const known = levels(run);
      const seen = countLabels(checkpoints);
      const floor = Math.min(...known.map(({ loss }) => loss)) - FLOOR;
      const counts = [...often].map(([label, count]) => `${count} at ${label}`);
      return {
        description: `Falling staircases whose steps lie on the energy levels. Of the runs, ${counts.join(", ")} at the last epoch.`,
        x: { label: "epoch" },
        y: { label: "population loss", ...(ceiling && { domain: [floor, ceiling] as const }) },
        curves: chains.map(([chain, records]) => ({
          points: records.map(({ epoch, loss }) => [epoch, loss]),
          colour: colourOf(ends.get(chain) ?? IN_TRANSIT),
          opacity: chains.length > 40 ? 0.45 : 0.65,
          strokeWidth: 1.1,
        })),
        levels: levelLines(
          known.filter(({ label, always }) => always || seen.has(label)),
          colourOf,
        ),
      };
    },
  });
