import { callText, shellWord } from "../call-text.ts";
import type { System } from "../contracts/index.ts";
import { isLandauError } from "../errors.ts";
import { fastModesText } from "../lab/fast-modes.ts";
import { linkOf } from "../lab/link.ts";
import type { Run } from "../lab/node/runs.ts";
import { quantile } from "../numerics/statistics.ts";
import { isSweep } from "../protocols/sweep.ts";
import { listedSystems } from "../systems/index.ts";
import { phaseShares, readSweep } from "./results/map-results.ts";
import { posteriorSummary } from "./results/posterior-text.ts";
import { phaseCounts, studyResults } from "./results/study-results.ts";
import { coloursOf, printLine, type Terminal, widthOf } from "./terminal.ts";
import { briefVerdictLines, verdictCount } from "./verdict-text.ts";

/** Studies of which results are printed. */
const SHOWN = 4;

/** What a finished run ends with: its verdicts or its results in numbers, the report where one was written, and what to do next. */
export const printOutcome = (terminal: Terminal, system: System, run: Run, report?: string): void => {
  const { stdout } = terminal;
  const width = widthOf(stdout);
  const print = (line = "") => printLine(stdout, line);
  for (const line of resultLines(terminal, system, run)) print(line);
  if (run.verdicts.length > 0) {
    for (const line of briefVerdictLines(run.verdicts, system, { width, colours: coloursOf(terminal) })) print(line);
    print();
    print(verdictCount(run.verdicts));
  }
  if (run.spec.fast) print(`fast: ${fastModesText(run.spec.fast)}`);
  if (report !== undefined) print(`report: ${report}`);
  print();
  print("next:");
  for (const line of nextCommands(run, system, report)) print(`  ${callText(line)}`);
};

/** The results of a run that judges no claims, in numbers and small charts. */
export const resultLines = (terminal: Terminal, system: System, run: Run): readonly string[] => {
  if (run.verdicts.length > 0) return [];
  const { studies } = run.spec;
  const look = { width: widthOf(terminal.stdout), colours: coloursOf(terminal) };
  const shown = studies.slice(0, SHOWN).map(study => studyResults(run, study, system, look));
  const more = studies.length > SHOWN ? [`and ${studies.length - SHOWN} more studies, which the report has`] : [];
  const blocks = [...shown, more].filter(lines => lines.length > 0);
  return blocks.flatMap((lines, i) => (i === 0 ? lines : ["", ...lines]));
};

/** The same for programs. */
export const outcomeJson = (run: Run, report?: string) => ({
  run: run.id,
  system: run.spec.system,
  seed: run.seed,
  ...(run.spec.fast && { fast: run.spec.fast }),
  contentHash: run.contentHash,
  report: report ?? null,
  phases: phasesAtTheEnd(run),
  losses: lossesAtTheEnd(run),
  posteriors: Object.fromEntries(posteriorsOf(run).map(({ study, summary }) => [study, summary])),
  ...mapsOf(run),
  verdicts: run.verdicts,
});

/** What the sweeps of a run came to; nothing for a run without one. */
const mapsOf = ({ spec, records }: Run) => {
  const maps = spec.studies.flatMap(({ name, settings, protocol }) => {
    const read = isSweep(protocol) ? readSweep(records(name, "cell"), settings) : undefined;
    if (!read) return [];
    const { axes, map, cells } = read;
    const { runs, largestMissed, roughness } = map;
    const labels = axes.y
      ? Array.from(axes.y.values, (_, row) => map.cells.filter(cell => cell.row === row).map(({ label }) => label))
      : [map.cells.map(({ label }) => label)];
    return [
      [name, { ...axes, runs, cells, shares: Object.fromEntries(phaseShares(map)), labels, largestMissed, roughness }],
    ];
  });
  return maps.length > 0 ? { maps: Object.fromEntries(maps) } : {};
};

/** How many chains of each study ended in each phase. */
const phasesAtTheEnd = (run: Run): { readonly [study: string]: { readonly [phase: string]: number } } =>
  Object.fromEntries(run.spec.studies.map(({ name }) => [name, phaseCounts(run, name)]));

/** The studies that sampled a posterior. */
const posteriorsOf = (run: Run) =>
  run.spec.studies.flatMap(({ name, settings }) => {
    const summary = posteriorSummary(run.records(name, "final"), run.records(name, "draws"), String(settings.sampler));
    return summary ? [{ study: name, summary }] : [];
  });

/** The losses with which the chains of each study ended, where there are no phases to tell them apart. */
const lossesAtTheEnd = (
  run: Run,
): { readonly [study: string]: { readonly least: number; readonly median: number; readonly largest: number } } =>
  Object.fromEntries(
    run.spec.studies.flatMap(({ name }) => {
      const losses = run
        .records(name, "final")
        .flatMap(({ label, loss }) => (label === undefined && typeof loss === "number" ? [loss] : []));
      if (losses.length === 0) return [];
      const [least, median, largest] = [0, 0.5, 1].map(share => quantile(losses, share));
      return [[name, { least, median, largest }]];
    }),
  );

/** The link that opens a run of one study in the browser lab, where it gives the same bits; none for a run that a link cannot carry. */
const linkOfRun = (
  { system, seed, studies, fast }: Run["spec"],
  protocols: System["protocols"],
): string | undefined => {
  const [study, ...others] = studies;
  if (study === undefined || others.length > 0 || fast || !Object.hasOwn(listedSystems, system)) return undefined;
  const { name, protocol, chains, settings } = study;
  // A link names its study after the protocol.
  if (name !== protocol || !Object.hasOwn(protocols, protocol)) return undefined;
  try {
    return linkOf({ system, protocol, seed, chains, settings }, protocols[protocol].settings);
  } catch (error) {
    if (isLandauError(error, "input")) return undefined;
    throw error;
  }
};

const nextCommands = (
  { id, path, verdicts, spec }: Run,
  { name, theory, protocols }: System,
  report: string | undefined,
): readonly string[] => {
  const undecided = verdicts.find(({ outcome }) => outcome === "undecided");
  const [closedForm] = Object.keys(theory);
  const [map] = spec.studies.filter(({ protocol }) => isSweep(protocol));
  const link = linkOfRun(spec, protocols);
  const isSwept = spec.studies.some(({ protocol }) => protocol === "anneal");
  return [
    `show ${id}`,
    report === undefined ? `resume ${path}` : `open ${id}`,
    ...(isSwept ? [`order ${id}`] : []),
    ...(map ? [`sweep ${name} --into ${id} --seeds ${2 * (map.settings.seeds as number)}`] : []),
    `export ${id}`,
    ...(link ? [`lab ${shellWord(link)}`] : []),
    ...(undecided ? [`reproduce ${name} --full --only ${shellWord(undecided.claim)}`] : []),
    ...(closedForm === undefined ? [] : [`theory ${name} ${closedForm} --help`]),
  ];
};
