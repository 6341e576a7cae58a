import { choice, namesOf } from "../../../contracts/field.ts";
import { stream } from "../../../numerics/stream.ts";
import { trainEpochs } from "../../../protocols/train-epochs.ts";
import { drawDataset } from "../model/dataset.ts";
import { empiricalObjective } from "../model/empirical.ts";
import { fromFlat } from "../model/layout.ts";
import { classifyState, describeState, LEVEL_TOLERANCE, levelAt } from "../phases.ts";
import { controls } from "./controls.ts";
import { checkStart, startPoint, starts, startsText } from "./starts.ts";

/** The source's dynamical experiment. A state is classified by its population loss. */
export const train = trainEpochs({
  summary: "train on a finite sample with minibatches and follow the plateaus of the loss",
  settings: {
    c: controls.c,
    r: controls.r,
    scheme: choice(`start: ${startsText}`, namesOf(starts), { default: "A" }),
  },
  check: at => checkStart(at.scheme, at),
  objective: ({ c, r, n }, { seed, chain }) =>
    empiricalObjective(drawDataset(stream({ seed, chain, purpose: "dataset" }), { c, n }), r),
  start: (at, address) => startPoint(at.scheme, at, address),
  observe: (at, w) => describeState(classifyState(w, at)),
  parameters: (at, w) => fromFlat(w, at),
  width: LEVEL_TOLERANCE,
  labelOf: (at, loss) => levelAt(loss, at).label,
});
