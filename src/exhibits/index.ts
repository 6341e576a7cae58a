import type { Figure } from "../charts/exhibits.ts";
import { defaultsOf } from "../contracts/field.ts";
import type { RecordOf, RunRecord, Study } from "../contracts/protocol.ts";
import type { RunView } from "../contracts/run-view.ts";
import type { System } from "../contracts/system.ts";
import type { AnnealRecords } from "../protocols/anneal.ts";
import type { PosteriorRecords } from "../protocols/posterior.ts";
import { endsFigure } from "./ends.ts";
import { occupancyFigure, tracesFigure } from "./posterior.ts";
import { type SeenStudy, studyNamed } from "./seen-study.ts";
import { sweepFigure } from "./sweep.ts";
import { learnerTraining } from "./training.ts";

/**
 * The pictures that the records of a run give by their kind, whatever the system: sweeps up and down, loss and order parameter over
 * training, phases and traces of a posterior, phases at the end. Each shows one study, at the settings that were run. Studies that
 * pictures of the system's own show already are left out.
 */
export const picturesOf = (
  run: RunView & { readonly studies: readonly Study[] },
  system: Pick<System, "learner" | "protocols">,
  own: readonly Figure[] = [],
): readonly Figure[] => {
  const shown = new Set(own.flatMap(({ needs }) => needs.map(({ study }) => study)));
  return run.studies.filter(({ name }) => !shown.has(name)).flatMap(study => picturesOfStudy(run, system, study));
};

const picturesOfStudy = (
  run: RunView,
  { learner, protocols }: Pick<System, "learner" | "protocols">,
  { name, protocol }: Study,
): readonly Figure[] => {
  const defaults = protocols[protocol] ? defaultsOf(protocols[protocol].settings) : {};
  const study = studyNamed(name, defaults);
  const [sweep, checkpoint, draws] = ["sweep", "checkpoint", "draws"].map(kind => run.records(name, kind)[0]);
  const finals = run.records(name, "final");
  const figures: Figure[] = [];
  if (learner && sweep && "order" in sweep)
    figures.push(sweepFigure({ study: typed<RecordOf<AnnealRecords<object>, "sweep">>(study), learner }));
  if (learner && checkpoint && "order" in checkpoint) figures.push(...learnerTraining(study, learner));
  if (learner && draws && Array.isArray(draws.order))
    figures.push(
      occupancyFigure(typed<RecordOf<PosteriorRecords, "final">>(study)),
      tracesFigure(typed<RecordOf<PosteriorRecords, "draws">>(study), learner),
    );
  if (finals.length > 1 && !draws && finals.every(({ label }) => label === null || typeof label === "string"))
    figures.push(endsFigure(study));
  return figures;
};

/** A study whose records were seen to be of a kind. */
const typed = <Each>(study: SeenStudy<string, RunRecord>): SeenStudy<string, Each> =>
  study as unknown as SeenStudy<string, Each>;
