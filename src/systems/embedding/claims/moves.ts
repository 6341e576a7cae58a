import { type Claim, type Comparison, claim } from "../../../contracts/claim.ts";
import { above, below, fraction, fractionBeside, known, meanComparison } from "../../../contracts/comparisons.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { LATE, type Phase } from "../theory/phases.ts";
import { comprehension, fasterDecoder, fasterEmbeddings, grokking, moves, type TrainStudy } from "./studies.ts";

const generalises = ({ label }: { readonly label: Phase }): boolean =>
  label === "comprehension" || label === "grokking";

const share = (run: RunView, study: TrainStudy, predicted: Comparison["predicted"]): Comparison =>
  fraction(`share of runs that generalise, ${study.name}`, study.of(run, "final"), generalises, predicted);

/** Steps from training to test accuracy 0.9, of the one run of a study. */
const delay = (run: RunView, study: TrainStudy): number => {
  const [{ trainStep, testStep }] = study.of(run, "final");
  return trainStep === null || testStep === null ? Number.NaN : testStep - trainStep;
};

/** How generalisation is brought forward, or prevented [sections 4.1 and 9, appendix G]. */
export const movesClaims: readonly Claim[] = [
  claim("from-grokking-to-comprehension", "section 4.1, figure 6", {
    statement:
      "From the published run with late generalisation, a smaller decay or a faster decoder leads to comprehension; embeddings that learn ten times faster do not.",
    routes: {
      measured: "training in float64 from the words of two Mersenne twisters",
      predicted:
        "a delay below 1000 steps, as the source's text and maps have it for decay and decoder; for the embeddings' rate the source says the same, which is not seen",
      kind: "published",
    },
    studies: [grokking, comprehension, fasterDecoder, fasterEmbeddings],
    measure: run => [
      above("delay of the published run", delay(run, grokking), LATE - 1),
      below("delay without decay", delay(run, comprehension), LATE),
      below("delay with a decoder 1.6 times as fast", delay(run, fasterDecoder), LATE),
      ...known("bound", above("delay with embeddings ten times as fast", delay(run, fasterEmbeddings), LATE - 1)),
    ],
  }),

  claim("start-scale", "appendix G, figure 14", {
    statement: "Most seeds generalise from small embeddings, hardly any from ten times the common ones.",
    routes: {
      measured: "training from ten seeds, decoders of width 50",
      predicted: "a majority and a minority; stated after a first look",
      kind: "bound",
    },
    studies: [moves.smallStart, moves.largeStart],
    measure: run => [share(run, moves.smallStart, { above: 0.5 }), share(run, moves.largeStart, { below: 0.5 })],
  }),

  claim("batch-size", "appendix G, figure 13", {
    statement:
      "Within 3000 steps most seeds generalise on whole batches; on nine pairs at a time few do, although most have a representation by then.",
    routes: {
      measured: "training from ten seeds, decoders of width 50",
      predicted: "a majority and a minority; stated after a first look",
      kind: "bound",
    },
    studies: [moves.common, moves.smallBatch],
    measure: run => [
      share(run, moves.common, { above: 0.5 }),
      share(run, moves.smallBatch, { below: 0.5 }),
      fraction(
        "share of runs on nine pairs at a time that reach RQI 0.95",
        moves.smallBatch.of(run, "final"),
        ({ qualityStep }) => qualityStep !== null,
        { above: 0.5 },
      ),
    ],
  }),

  claim("embedding-decay", "appendix G, figure 15", {
    statement: "Decay of the embeddings, up to 3, changes little.",
    routes: {
      measured: "training from the same seeds with and without it, decoders of width 50",
      predicted: "the same share of seeds that generalise within a third, and as many steps within a factor of 2",
      kind: "bound",
    },
    studies: [moves.common, moves.embeddingDecay],
    measure: run => {
      const [without, decayed] = [moves.common, moves.embeddingDecay].map(study => study.of(run, "final"));
      const pairs = decayed.flatMap(({ testStep }, i) => {
        const other = without[i]?.testStep;
        return testStep === null || other === null || other === undefined ? [] : [testStep / other];
      });
      return [
        fractionBeside("share of seeds that generalise, with decay less without", decayed, generalises, {
          count: without.filter(generalises).length,
          size: without.length,
          margin: 1 / 3,
        }),
        meanComparison("step of test accuracy 0.9 with decay over that without", pairs, { predicted: [0.5, 2] }),
      ];
    },
  }),
];
