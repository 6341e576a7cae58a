import type { Figure, Table } from "../charts/exhibits.ts";
import { defaultsOf } from "../contracts/field.ts";
import type { RecordOf, RunRecord, Study } from "../contracts/protocol.ts";
import type { RunView } from "../contracts/run-view.ts";
import type { System } from "../contracts/system.ts";
import type { AnnealRecords } from "../protocols/anneal.ts";
import type { PosteriorRecords } from "../protocols/posterior.ts";
import { isSweep } from "../protocols/sweep.ts";
import { coefficientFigure } from "./coefficient.ts";
import { endsFigure, endsTable } from "./ends.ts";
import { samplesFigure } from "./over-control.ts";
import { sizesFigure } from "./over-size.ts";
import { batchTracesFigure, occupancyFigure, tracesFigure, type WithOccupancy } from "./posterior.ts";
import { scanFigure } from "./scan.ts";
import { type SeenStudy, studyNamed } from "./seen-study.ts";
import { sweepFigure } from "./sweep.ts";
import { sweepFigures } from "./sweep-map/index.ts";
import { lossOverTraining, numbersOf, orderOverTraining, quantitiesOverTraining } from "./training.ts";

type Shown = Pick<System, "learner" | "protocols">;

interface RunToShow extends RunView {
  readonly studies: readonly Study[];
}

/**
 * The pictures and tables that the records of a run give by their kind, whatever the system: sweeps up and down, loss and order parameter
 * over training, phases and traces of a posterior, coefficients, errors over the size of a sample, where runs end. Each shows one study, at the settings that were run.
 * Studies that pictures of the system's own show already are left out.
 */
export const exhibitsOf = (
  run: RunToShow,
  system: Shown,
  own: { readonly figures: readonly Figure[]; readonly tables: readonly Table[] },
): { readonly figures: readonly Figure[]; readonly tables: readonly Table[] } => {
  const shown = new Set([...own.figures, ...own.tables].flatMap(({ needs }) => needs.map(({ study }) => study)));
  const left = run.studies.filter(({ name }) => !shown.has(name));
  return {
    figures: left.flatMap(study => picturesOf(run, system, study)),
    tables: left.flatMap(({ name }) => tablesOf(run, name)),
  };
};

const picturesOf = (run: RunToShow, { learner, protocols }: Shown, { name, protocol }: Study): readonly Figure[] => {
  const defaults = protocols[protocol] ? defaultsOf(protocols[protocol].settings) : {};
  const study = studyNamed(name, defaults);
  const first = (kind: string): RunRecord | undefined => run.records(name, kind)[0];
  const [sweep, checkpoint, draws] = [first("sweep"), first("checkpoint") ?? first("evaluation"), first("draws")];
  const finals = run.records(name, "final");
  const figures: Figure[] = [];
  if (learner && sweep && "order" in sweep)
    figures.push(sweepFigure({ study: typed<RecordOf<AnnealRecords<object>, "sweep">>(study), learner }));
  if (checkpoint) {
    if (learner && "loss" in checkpoint) figures.push(lossOverTraining(study, learner));
    if (learner && "order" in checkpoint) figures.push(orderOverTraining(study, learner));
    if (figures.length === 0) figures.push(...quantitiesOverTraining(study, checkpoint));
  }
  if (draws && finals.every(({ occupancy }) => typeof occupancy === "object"))
    figures.push(occupancyFigure(typed<WithOccupancy>(study)));
  if (learner && draws && Array.isArray(draws.order))
    figures.push(tracesFigure(typed<RecordOf<PosteriorRecords, "draws">>(study), learner));
  else if (draws && "meanLoss" in draws) figures.push(batchTracesFigure(study));
  if (typeof first("sample")?.N === "number") figures.push(sizesFigure(study));
  if (typeof first("scan")?.split === "number") figures.push(scanFigure(study));
  if (first("samples")) figures.push(samplesFigure(study, learner?.order.label));
  if (finals.some(({ lambda, nBeta }) => typeof lambda === "number" && typeof nBeta === "number"))
    figures.push(coefficientFigure(study, learner));
  const labels = finals.map(({ label }) => label);
  if (isSweep(protocol) && first("cell"))
    figures.push(...sweepFigures({ study, controls: protocols[protocol]?.settings ?? {}, learner }, run));
  if (finals.length > 1 && !draws && labels.some(label => typeof label === "string")) figures.push(endsFigure(study));
  return figures;
};

const tablesOf = (run: RunToShow, name: string): readonly Table[] => {
  const finals = run.records(name, "final");
  const numbers = finals.length > 0 ? numbersOf(finals[0]) : [];
  return numbers.length > 0 ? [endsTable(studyNamed(name), { fields: numbers, runs: finals.length })] : [];
};

/** A study whose records were seen to be of a kind. */
const typed = <Each>(study: SeenStudy<string, RunRecord>): SeenStudy<string, Each> =>
  study as unknown as SeenStudy<string, Each>;
