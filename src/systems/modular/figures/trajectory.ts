import type { Figure } from "../../../charts/exhibits.ts";
import { colours } from "../../../charts/theme.ts";
import { basinPanels, overSteps, seedCurves } from "../../../exhibits/basin-panels.ts";
import { chartsFigure } from "../../../exhibits/chart-figure.ts";
import { byChain } from "../../../protocols/records.ts";
import type { StudyFrom } from "../../../protocols/study.ts";
import type { trainProtocol } from "../protocols/train.ts";
import { ranks } from "../theory/closed-forms.ts";

interface Trajectory {
  readonly study: StudyFrom<typeof trainProtocol>;
  readonly name: string;
  readonly title: string;
  readonly p: number;
  readonly K: number;
  readonly N: number;
  /** With the exact spectrum beside the chains. */
  readonly spectrum?: true;
}

/** Accuracies, losses, coefficient, trace and participation along training, one below the other on one axis of steps. */
export const trajectoryFigure = ({ study, name, title, p, K, N, spectrum }: Trajectory): Figure => {
  const plateau = ranks.genericTrain({ p, K, N }) / 2;
  const floor = ranks.wavesTrain({ p, N }) / 2;
  return chartsFigure({
    name,
    title,
    width: 860,
    height: spectrum ? 1330 : 1130,
    needs: [study.has("evaluation"), study.has("coefficient"), ...(spectrum ? [study.has("spectrum")] : [])],
    caption: run => {
      const { nBeta, gamma } = study.settings(run);
      const members = byChain(study.of(run, "evaluation")).size;
      return (
        `Measured: ${members} runs at p = ${p}, K = ${K} on ${N} of ${p * p} pairs, strongest ink for seed 1. Dots: the learning coefficient from training ` +
        `pairs alone, nBeta (E[L] - L*) along Langevin chains at nBeta = ${nBeta}, gamma = ${gamma}, with two standard errors; estimates ` +
        "below 0, where the chain finds lower losses, are beyond the frame. Trace: exact, of J J^T / N. " +
        (spectrum
          ? `Theory: dashed, what the exact spectrum of J J^T / N says these chains measure; below, the coefficient at nBeta = 1e6, gamma = 1, between p N / 2 = ${plateau} of memorising and the floor ${floor} of the wave basin. `
          : `Theory, dashed: the coefficients of both basins at infinite resolution, p N / 2 = ${plateau} of memorising and the floor ${floor} of the wave basin; chains of this resolution feel only the steeper directions, and the curve falls by the same basin change. `) +
        "Step 0 is drawn at 1."
      );
    },
    description: run =>
      study
        .of(run, "final")
        .map(
          ({ chain, train100, test95 }) =>
            `Seed ${chain + 1} knows all training pairs at step ${train100} and 95 % of the others at ${test95 ?? "none"}.`,
        )
        .join(" "),
    charts(run) {
      const evaluations = study.of(run, "evaluation");
      const coefficients = study.of(run, "coefficient");
      const levels = [
        { label: `memorising ${plateau}`, value: plateau, colour: colours.vermillion },
        { label: `wave floor ${floor}`, value: floor, colour: colours.green },
      ];
      const spectra = spectrum && study.of(run, "spectrum");
      const participation = overSteps(evaluations, {
        title: "Participation ratio",
        description: "Rows of A and C turn to single frequencies.",
        y: { label: "participation ratio", domain: [0, 1] },
        curves: [
          ...seedCurves(evaluations, "iprA", colours.purple, "rows of A"),
          ...seedCurves(evaluations, "iprC", colours.olive, "rows of C", true),
        ],
      });
      return [...basinPanels({ evaluations, coefficients, spectra }, levels), participation];
    },
  });
};
