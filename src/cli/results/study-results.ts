import type { Study } from "../../contracts/protocol.ts";
import type { System } from "../../contracts/system.ts";
import { mediansOfSizes, type SizeMedians } from "../../exhibits/over-size.ts";
import type { Run } from "../../lab/node/runs.ts";
import { isSweep } from "../../protocols/sweep.ts";
import { countText } from "../count-text.ts";
import type { Colours } from "../terminal.ts";
import { textTable } from "../text-table.ts";
import { finalNumbers } from "./final-numbers.ts";
import { mapLines } from "./map-results.ts";
import { posteriorRows, posteriorSummary } from "./posterior-text.ts";
import { sweepLines } from "./sweep-lines.ts";
import { traceChart } from "./trace-chart.ts";
import { trainingChart } from "./training-chart.ts";

/** What a study came to, in numbers and, where it has a course, in a small chart. */
export const studyResults = (
  run: Run,
  study: Study,
  system: System,
  { width, colours }: { readonly width: number; readonly colours: Colours },
): readonly string[] => {
  const { name, settings, protocol } = study;
  const records = (kind: string) => run.records(name, kind);
  const finals = records("final");
  const posterior = posteriorSummary(finals, records("draws"), String(settings.sampler));
  if (posterior) {
    const title = `${name}: share of each phase over ${countText(posterior.chains, "chain")}`;
    const trace = traceChart(records("draws"), { width });
    return [
      title,
      ...indented(textTable(posteriorRows(posterior), { width: width - 2 })),
      ...(trace.length > 0 ? ["", ...trace] : []),
    ];
  }
  const sizes = mediansOfSizes(records("sample"));
  if (sizes.length > 0)
    return [`${name}: medians over ${countText(sizes[0].members, "chain")}`, ...indented(sizeRows(sizes, width - 2))];
  if (isSweep(protocol) && records("cell").length > 0) {
    const lines = mapLines(records("cell"), settings, system, { width: width - 2, colours });
    return [`${name}: a map of phases`, ...indented(lines)];
  }
  const tally = Object.entries(phaseCounts(run, name)).map(([phase, count]) => `${phase}: ${count}`);
  const ends = tally.length > 0 ? [`${name} ends at  ${tally.join("  ")}`] : [];
  const sweep = records("sweep");
  if (sweep.length > 0) return [...ends, ...indented(sweepLines(sweep, settings, system, width - 2))];
  const course = records("checkpoint").length > 0 ? records("checkpoint") : records("evaluation");
  const numbers = indented(textTable(finalNumbers(finals, course), { width: width - 2 }));
  const title = ends.length === 0 && numbers.length > 0 ? [`${name} ends at`] : ends;
  const chart = trainingChart(course, { width });
  return [...title, ...numbers, ...(chart.length > 0 ? ["", ...chart] : [])];
};

/** A line for each size of sample, with the median of each number. */
const sizeRows = (sizes: readonly SizeMedians[], width: number): readonly string[] => {
  const fields = Object.keys(sizes[0].medians);
  const rows = sizes.map(({ N, medians }) => [
    String(N),
    ...fields.map(field => String(Number(medians[field].estimate.toPrecision(4)))),
  ]);
  return textTable(rows, { width, header: ["samples", ...fields] });
};

/** How many chains of a study, or runs of a sweep, ended in each phase, by name; "none" counts those between phases. Empty where there are no phases. */
export const phaseCounts = (run: Run, study: string): { readonly [phase: string]: number } => {
  const counts = new Map<string, number>();
  for (const { label } of [...run.records(study, "final"), ...run.records(study, "cell")]) {
    if (label === undefined) continue;
    const phase = typeof label === "string" ? label : "none";
    counts.set(phase, (counts.get(phase) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
};

const indented = (lines: readonly string[]): readonly string[] => lines.map(line => `  ${line}`.trimEnd());
