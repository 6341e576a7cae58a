import { availableParallelism } from "node:os";
import { noExhibits } from "../charts/exhibits.ts";
import type { Settings } from "../contracts/field.ts";
import type { Study } from "../contracts/protocol.ts";
import type { System } from "../contracts/system.ts";
import { isLandauError, LandauError } from "../errors.ts";
import type { Systems } from "../lab/complete-spec.ts";
import { checkSource, systemsWith } from "../lab/node/experiment-file.ts";
import { extendRun, type RunOptions, resumeRun, startRun } from "../lab/node/run.ts";
import { type Run, readRun } from "../lab/node/runs.ts";
import { threadExecutor } from "../lab/node/threads.ts";
import type { Spec } from "../lab/spec.ts";
import { isSweep } from "../protocols/sweep.ts";
import { countText } from "./count-text.ts";
import { type EngineFlags, engineOf } from "./engine-flags.ts";
import { exitCodes } from "./exit-codes.ts";
import { outcomeJson, printOutcome } from "./outcome.ts";
import { showMapProgress } from "./progress/map-progress.ts";
import { type RunProgress, showRunProgress } from "./progress/run-progress.ts";
import type { RunFlags } from "./run-flags.ts";
import type { Session } from "./session.ts";
import { printJson, printLine } from "./terminal.ts";

/** Runs a spec, judges its claims, writes the report and prints what came of it. */
export const startAndReport = async (session: Session, spec: Spec, flags: RunFlags & EngineFlags): Promise<void> => {
  const { name, systems } = await systemsWith(spec.system);
  if (flags.on === "folder") return planAlone(session, { ...spec, system: name }, systems, flags);
  const chains = spec.studies.reduce((sum, { chains = 1 }) => sum + chains, 0);
  if (chains >= MANY_CHAINS) printLine(session.terminal.stderr, `planning ${countText(chains, "chain")}`);
  await report(session, flags, systems, options =>
    startRun({ ...options, spec: { ...spec, system: name }, command: session.call }),
  );
};

/** From so many on a plan takes seconds before anything else is said. */
const MANY_CHAINS = 50_000;

/** Makes the run folder and leaves the tasks to workers. */
const planAlone = async (session: Session, spec: Spec, systems: Systems, flags: RunFlags & EngineFlags) => {
  const [{ planRun }, { printPlanned }] = await Promise.all([
    import("../lab/node/cluster/plan-run.ts"),
    import("./planned-text.ts"),
  ]);
  await engineOf(flags);
  const { manifest, path } = await planRun({ spec, systems, folder: flags.runs, command: session.call });
  printPlanned(session.terminal, { id: manifest.id, folder: path, tasks: manifest.tasks.length }, flags.json);
};

/** One study of a protocol, under the name that titles the run too. */
interface OneStudy extends Pick<Spec, "system" | "seed" | "fast">, Omit<Study, "name"> {
  readonly title: string;
}

/** The same for a run of a single study. */
export const startStudy = (
  session: Session,
  { system, seed, title, fast, ...study }: OneStudy,
  flags: RunFlags & EngineFlags,
): Promise<void> =>
  startAndReport(session, { system, seed, title, ...(fast && { fast }), studies: [{ name: title, ...study }] }, flags);

/** The same for the spec in a file. */
export const runSpecFile = async (session: Session, path: string, flags: RunFlags & EngineFlags): Promise<void> => {
  // Its parsers take a tenth of a second, which the other commands do without.
  const { readSpecFile } = await import("./spec-file.ts");
  const { spec } = await readSpecFile(path);
  await startAndReport(session, spec, flags);
};

/** The same for a link of the browser lab. */
export const runLink = async (session: Session, link: string, flags: RunFlags & EngineFlags): Promise<void> => {
  const { linkedSpec } = await import("../lab/link.ts");
  await startAndReport(session, await linkedSpec(link), flags);
};

/** The same for a run that was interrupted; one that is finished is reported again. */
export const resumeAndReport = async (session: Session, run: string, flags: RunFlags & EngineFlags): Promise<void> => {
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
  flags: RunFlags & EngineFlags,
): Promise<void> => {
  const { systems } = await systemsWith(readRun(run, flags.runs).spec.system);
  await report(session, flags, systems, options => extendRun(run, { settings }, options));
};

const report = async (
  session: Session,
  flags: RunFlags & EngineFlags,
  systems: Systems,
  execute: (options: RunOptions) => Promise<Run>,
): Promise<void> => {
  const { runs, workers = availableParallelism() } = flags;
  const found = await engineOf(flags);
  if (found === "folder")
    throw new LandauError(
      "input",
      "--on folder is for a run that begins; workers may join one that is there: landau work",
    );
  const engine = found;
  const { terminal } = session;
  const { stderr, signal } = terminal;
  let progress: RunProgress | undefined;
  let isOver = false;
  const note = (text: string) => (progress ? progress.note(text) : printLine(stderr, text));
  try {
    const run = await execute({
      systems,
      folder: runs,
      ...(engine ? { engine } : { executor: threadExecutor(workers) }),
      signal,
      onStart({ id, spec }) {
        printLine(stderr, `run ${id}, ${engine ? `on ${flags.on}` : countText(workers, "worker")}`);
        const [study, ...others] = spec.studies;
        const isMap = study !== undefined && isSweep(study.protocol) && others.length === 0;
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
    isOver = true;
    await reportRun(session, run, systems[run.spec.system], flags, progress);
  } catch (error) {
    isOver = !isLandauError(error, "cancelled");
    throw error;
  } finally {
    progress?.stop();
    await engine?.close?.(isOver);
  }
};

/** Writes the report of a run that is done, unless it is not wanted, and prints what came of it; as JSON with what else there is to tell. */
export const reportRun = async (
  session: Session,
  run: Run,
  system: System,
  { json, report: isReported }: RunFlags,
  progress?: RunProgress,
  also: object = {},
): Promise<void> => {
  const { terminal } = session;
  const note = (text: string) => (progress ? progress.note(text) : printLine(terminal.stderr, text));
  const stage = "writing the report";
  if (isReported && progress) progress.after(stage);
  else if (isReported) printLine(terminal.stderr, stage);
  const path = isReported ? await writeReportOf(run, system, note) : undefined;
  progress?.stop();
  if (json) printJson(terminal, { ...outcomeJson(run, path), ...also });
  else printOutcome(terminal, system, run, path);
  if (run.verdicts.some(({ outcome }) => outcome === "fails")) session.exitCode = exitCodes.wrong;
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
