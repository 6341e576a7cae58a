import { learner } from "../../contracts/learner.ts";
import { anneal } from "../../protocols/anneal.ts";
import { singleMinimum } from "../../protocols/single-minimum.ts";
import { DATA, encoderStart, encoderState, problemAt, type SslSettings, sslControls, sslObjective } from "./model.ts";
import { collapses, sslCoefficient, sslMinimum } from "./theory.ts";

const phaseOf = (rank: number): string => `rank ${rank}`;

/** The minimum, with fewer output dimensions where `width` says so. */
const minimumAt = (at: SslSettings, width = at.width) => sslMinimum(problemAt({ ...at, width }));

/** Of a minimum whose W^T W is diagonal, as it is here, where data and augmentation are. */
const strengthsOf = (at: SslSettings): number[] | null => minimumAt(at).WtW?.map((row, i) => row[i]) ?? null;

const lengthOf = (squares: readonly number[]): number => Math.sqrt(Math.max(0, squares.reduce(sum, 0)));
const sum = (a: number, b: number): number => a + b;

export const sslLearner = learner({
  controls: sslControls,
  sweeps: { augmentation: { from: 0.1, to: 9 }, weightDecay: { from: 0.02, to: 1.2 }, alpha: { from: 1.1, to: 6 } },
  objective: at => sslObjective(problemAt(at)),
  start: ({ width }, address) => encoderStart(width * DATA.length, address),
  observe: (_, w) => {
    const { spectrum, rank } = encoderState(w, DATA.length);
    return { order: lengthOf(spectrum), rank, spectrum, label: phaseOf(rank) };
  },
  order: {
    label: "|W|, length of the encoder",
    theory: at => {
      const strengths = strengthsOf(at);
      return strengths && lengthOf(strengths);
    },
  },
  critical: collapses,
  // The lowest loss of each rank: a saddle that training rests at while there are directions to come.
  phases: at => {
    const { rank, loss } = minimumAt(at);
    const ranks = loss === null ? 0 : rank;
    return Array.from({ length: ranks + 1 }, (_, r) => ({ label: phaseOf(r), loss: minimumAt(at, r).loss! }));
  },
  ...singleMinimum<SslSettings>({
    phase: at => (strengthsOf(at) ? phaseOf(minimumAt(at).rank) : null),
    w(at) {
      const alive = [...strengthsOf(at)!.entries()].filter(([, strength]) => strength > 0);
      const w = new Float64Array(at.width * DATA.length);
      for (const [row, [i, strength]] of alive.entries()) w[row * DATA.length + i] = Math.sqrt(strength);
      return w;
    },
    lambda: at => sslCoefficient(problemAt(at)),
    where: "half of the directions that a rotation of the output leaves",
  }),
  small: { width: 1 },
});

export const sslAnneal = anneal(sslLearner, {
  summary: "sweep augmentation, alignment or weight decay slowly up and down: directions collapse one by one",
});
