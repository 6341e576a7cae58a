import type { System } from "../contracts/index.ts";
import { fastModesText } from "../lab/fast-modes.ts";
import type { Run } from "../lab/node/runs.ts";
import { quantile } from "../numerics/statistics.ts";
import { lossCurve } from "./loss-curve.ts";
import { posteriorRows, posteriorSummary } from "./posterior-text.ts";
import { coloursOf, printLine, type Terminal, widthOf } from "./terminal.ts";
import { textTable } from "./text-table.ts";
import { verdictCount, verdictLines } from "./verdict-text.ts";

/** A curve is drawn on terminals at least this wide. */
const CURVE_WIDTH = 80;

/** What a finished run ends with: a loss curve on a wide terminal, the verdicts, the report, and what to do next. */
export const printOutcome = (terminal: Terminal, system: System, run: Run, report: string): void => {
  const { stdout } = terminal;
  const width = widthOf(stdout);
  const colours = coloursOf(terminal);
  const print = (line = "") => printLine(stdout, line);
  const posteriors = posteriorsOf(run);

  if (stdout.isTTY && width >= CURVE_WIDTH) {
    const curve = curveOf(run, width);
    for (const line of curve) print(line);
    if (curve.length > 0) print();
  }
  if (run.verdicts.length > 0) {
    for (const line of verdictLines(run.verdicts, system, { width, colours })) print(line);
    print();
    print(verdictCount(run.verdicts));
  } else if (posteriors.length > 0)
    for (const { study, summary } of posteriors) {
      print(`${study}: share of each phase over ${summary.chains} ${summary.chains === 1 ? "chain" : "chains"}`);
      for (const line of textTable(posteriorRows(summary), { width: width - 2 })) print(`  ${line}`);
    }
  else {
    for (const [study, counts] of Object.entries(phasesAtTheEnd(run))) {
      const tally = Object.keys(counts)
        .sort()
        .map(phase => `${phase}: ${counts[phase]}`);
      if (tally.length > 0) print(`${study} ends at  ${tally.join("  ")}`);
    }
    for (const [study, { least, median, largest }] of Object.entries(lossesAtTheEnd(run))) {
      const [from, middle, to] = [least, median, largest].map(loss => String(Number(loss.toPrecision(4))));
      print(`${study} ends at loss ${least === largest ? middle : `${middle}, the median of ${from} to ${to}`}`);
    }
  }
  if (run.spec.fast) print(`fast: ${fastModesText(run.spec.fast)}`);
  print(`report: ${report}`);
  print();
  print("next:");
  for (const line of nextCommands(run, system)) print(`  ${line}`);
};

/** The same for programs. */
export const outcomeJson = (run: Run, report: string) => ({
  run: run.id,
  system: run.spec.system,
  seed: run.seed,
  ...(run.spec.fast && { fast: run.spec.fast }),
  contentHash: run.contentHash,
  report,
  phases: phasesAtTheEnd(run),
  losses: lossesAtTheEnd(run),
  posteriors: Object.fromEntries(posteriorsOf(run).map(({ study, summary }) => [study, summary])),
  verdicts: run.verdicts,
});

/** How many chains of each study ended in each phase; "none" counts those between phases. Empty where there are no phases. */
const phasesAtTheEnd = (run: Run): { readonly [study: string]: { readonly [phase: string]: number } } =>
  Object.fromEntries(
    run.spec.studies.map(({ name }) => {
      const counts = new Map<string, number>();
      for (const { label } of run.records(name, "final")) {
        if (label === undefined) continue;
        const phase = typeof label === "string" ? label : "none";
        counts.set(phase, (counts.get(phase) ?? 0) + 1);
      }
      return [name, Object.fromEntries(counts)];
    }),
  );

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

const curveOf = (run: Run, width: number): string[] => {
  for (const { name } of run.spec.studies) {
    const curve = lossCurve(run.records(name, "checkpoint"), { width });
    if (curve.length > 0) return curve;
  }
  return [];
};

const nextCommands = ({ id, verdicts }: Run, { name, theory }: System): string[] => {
  const undecided = verdicts.find(({ outcome }) => outcome === "undecided");
  return [
    `landau show ${id}`,
    `landau export ${id} --csv`,
    ...(undecided ? [`landau reproduce ${name} --full --only ${undecided.claim}`] : []),
    ...Object.keys(theory)
      .slice(0, 1)
      .map(closedForm => `landau theory ${name} ${closedForm} --help`),
  ];
};
