import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { basename } from "node:path";
import { noExhibits } from "../charts/exhibits.ts";
import type { Settings } from "../contracts/field.ts";
import type { Study } from "../contracts/protocol.ts";
import type { System } from "../contracts/system.ts";
import { isLandauError, LandauError } from "../errors.ts";
import { completeSpec, type Systems } from "../lab/complete-spec.ts";
import { checkSource, isExperimentPath, systemsWith } from "../lab/node/experiment-file.ts";
import { cannotRead } from "../lab/node/files.ts";
import { extendRun, type RunOptions, resumeRun, startRun } from "../lab/node/run.ts";
import { type Run, readRun } from "../lab/node/runs.ts";
import { threadExecutor } from "../lab/node/threads.ts";
import type { Spec } from "../lab/spec.ts";
import { SWEEP } from "../protocols/sweep.ts";
import { countText } from "./count-text.ts";
import { exitCodes } from "./exit-codes.ts";
import { outcomeJson, printOutcome } from "./outcome.ts";
import { showMapProgress } from "./progress/map-progress.ts";
import { type RunProgress, showRunProgress } from "./progress/run-progress.ts";
import type { RunFlags } from "./run-flags.ts";
import type { Session } from "./session.ts";
import { printJson, printLine } from "./terminal.ts";

/** Runs a spec, judges its claims, writes the report and prints what came of it. */
export const startAndReport = async (session: Session, spec: Spec, flags: RunFlags): Promise<void> => {
  const { name, systems } = await systemsWith(spec.system);
  await report(session, flags, systems, options =>
    startRun({ ...options, spec: { ...spec, system: name }, command: session.call }),
  );
};

/** One study of a protocol, under the name that titles the run too. */
interface OneStudy extends Pick<Spec, "system" | "seed" | "fast">, Omit<Study, "name"> {
  readonly title: string;
}

/** The same for a run of a single study. */
export const startStudy = (
  session: Session,
  { system, seed, title, fast, ...study }: OneStudy,
  flags: RunFlags,
): Promise<void> =>
  startAndReport(session, { system, seed, title, ...(fast && { fast }), studies: [{ name: title, ...study }] }, flags);

/** The same for the spec in a file. */
export const runSpecFile = async (session: Session, path: string, flags: RunFlags): Promise<void> => {
  // Its parsers take a tenth of a second, which the other commands do without.
  const { parseSpec, specFormat } = await import("../lab/spec-text.ts");
  const format = specFormat(basename(path));
  const text = await readFile(path, "utf8").catch(cannotRead(path, "spec"));
  const { spec, place } = parseSpec(text, format, path);
  const { systems } = await systemsWith(spec.system).catch(cause => {
    if (!isLandauError(cause, "input") || isExperimentPath(spec.system)) throw cause;
    throw new LandauError("spec", `${place(["system"])}: ${cause.message}`, { cause });
  });
  await startAndReport(session, completeSpec(spec, systems, place), flags);
};

/** The same for a run that was interrupted; one that is finished is reported again. */
export const resumeAndReport = async (session: Session, run: string, flags: RunFlags): Promise<void> => {
  const { spec, status } = readRun(run, flags.runs);
  const { systems } = await systemsWith(spec.system);
  if (status !== "finished") checkSource(spec, systems);
  await report(session, flags, systems, options => resumeRun(run, options));
};

/** The same for a run that goes on under other settings of those that plan its pieces. */
export const extendAndReport = async (
  session: Session,
  run: string,
  settings: Settings,
  flags: RunFlags,
): Promise<void> => {
  const { systems } = await systemsWith(readRun(run, flags.runs).spec.system);
  await report(session, flags, systems, options => extendRun(run, { settings }, options));
};

const report = async (
  session: Session,
  { runs, workers = availableParallelism(), json, report: isReported }: RunFlags,
  systems: Systems,
  execute: (options: RunOptions) => Promise<Run>,
): Promise<void> => {
  const { terminal } = session;
  const { stderr, signal } = terminal;
  let progress: RunProgress | undefined;
  const note = (text: string) => (progress ? progress.note(text) : printLine(stderr, text));
  try {
    const run = await execute({
      systems,
      folder: runs,
      executor: threadExecutor(workers),
      signal,
      onStart({ id, spec }) {
        printLine(stderr, `run ${id}, ${countText(workers, "worker")}`);
        const [study, ...others] = spec.studies;
        const isMap = study?.protocol === SWEEP && others.length === 0;
        progress = isMap ? showMapProgress(study, terminal) : showRunProgress(spec.studies, terminal);
      },
      onProgress: (study, done, planned) => progress?.update(study, done, planned),
      onRecord(study, record) {
        const { kind, label } = record;
        if (kind === "cell") progress?.cell?.(record);
        if (kind !== "final") return;
        progress?.ended(study, label === undefined || typeof label === "string" ? label : null);
      },
      onJudge: (name, done, total) => progress?.after(`judging ${countText(total, "claim")}`, { done, total, name }),
      onNotice: note,
    });
    const stage = "writing the report";
    if (isReported && progress) progress.after(stage);
    else if (isReported) printLine(stderr, stage);
    const path = isReported ? await writeReportOf(run, systems[run.spec.system], note) : undefined;
    progress?.stop();
    if (json) printJson(terminal, outcomeJson(run, path));
    else printOutcome(terminal, systems[run.spec.system], run, path);
    if (run.verdicts.some(({ outcome }) => outcome === "fails")) session.exitCode = exitCodes.wrong;
  } finally {
    progress?.stop();
  }
};

const writeReportOf = async (run: Run, system: System, onNotice: (text: string) => void): Promise<string> => {
  const [{ writeReport }, { listedSystems }] = await Promise.all([
    import("../report/write.ts"),
    import("../systems/index.ts"),
  ]);
  const { system: name } = run.spec;
  const listed = Object.hasOwn(listedSystems, name) ? listedSystems[name] : undefined;
  const own = (await listed?.exhibits?.()) ?? noExhibits;
  return writeReport(run, system, own, { folder: run.path, onNotice });
};
