import type { RunRecord, Study, System } from "../contracts/index.ts";
import type { Json } from "../contracts/json.ts";
import { mediansOfSizes, type SizeMedians } from "../exhibits/over-size.ts";
import { counted } from "../exhibits/seen-study.ts";
import { mean, quantile } from "../numerics/statistics.ts";
import { isSweep } from "../protocols/sweep.ts";
import { DIVERGED, NO_PHASE } from "../protocols/sweep-cell.ts";
import { numberText } from "./number-text.ts";
import type { RunData } from "./run-data.ts";
import { summary } from "./verdicts.ts";

/** What a run asked, in one sentence, and what came out, in another. */
export const opening = (run: RunData, system: System): { readonly asked: string; readonly cameOut: string } =>
  run.verdicts.length > 0
    ? { asked: askedOfClaims(run, system), cameOut: summary(run.verdicts) }
    : {
        asked: askedOfStudies(run, system),
        cameOut: `Came out: ${uncapital(run.spec.studies.map(study => endsOf(run, study)).join(" "))}`,
      };

const askedOfClaims = ({ verdicts, spec }: RunData, { source }: System): string => {
  const claims = `${counted(verdicts.length, "claim")}${source.citation === "" ? "" : ` around ${source.citation}`}`;
  const chains = spec.studies.reduce((sum, study) => sum + study.chains, 0);
  const how = chains > 0 ? `measured anew on ${counted(chains, "chain")}` : "computed anew";
  return `Asked: ${verdicts.length === 1 ? "does" : "do"} ${claims}, ${how}, agree with what is predicted?`;
};

const askedOfStudies = ({ spec, records }: RunData, { protocols }: System): string => {
  const what = spec.studies.map(({ name, protocol, chains }) => {
    const { summary } = protocols[protocol] ?? { summary: protocol };
    const runs = isSweep(protocol) ? records(name, "cell").length : chains;
    return `${summary} (${counted(runs, "run")})`;
  });
  return `Asked: ${what.join("; ")}.`;
};

/** How the members of a study end. */
const endsOf = (run: RunData, { name: study, protocol }: Study): string => {
  const cells = isSweep(protocol) ? run.records(study, "cell") : [];
  if (cells.length > 0) return phasesOf(cells);
  const finals = run.records(study, "final");
  const largest = mediansOfSizes(run.records(study, "sample")).at(-1);
  if (largest) return sizeOf(largest);
  if (finals.length === 0) return "Nothing has ended yet.";
  return [phasesOf(finals), lossesOf(finals), coefficientsOf(finals)].filter(Boolean).join(" ");
};

const sizeOf = ({ N, medians }: SizeMedians): string =>
  `With ${N} samples the medians are ${Object.entries(medians)
    .map(([field, { estimate }]) => `${numberText(estimate)} (${field})`)
    .join(" and ")}.`;

const phasesOf = (finals: readonly RunRecord[]): string => {
  const shares = finals.map(({ occupancy }) => occupancy);
  if (shares.every(share => typeof share === "object" && share !== null)) return posteriorOf(shares);
  const labels = finals.flatMap(({ label }) => (label === undefined ? [] : [label]));
  if (labels.length === 0) return "";
  const counts = new Map<string, number>();
  for (const label of labels) {
    const phase = endOf(label);
    counts.set(phase, (counts.get(phase) ?? 0) + 1);
  }
  const byCount = [...counts].sort(([, a], [, b]) => b - a);
  if (finals.length === 1) return `The run ends ${byCount[0][0]}.`;
  return `Of ${finals.length} runs, ${byCount.map(([phase, count]) => `${count} ${count === 1 ? "ends" : "end"} ${phase}`).join(", ")}.`;
};

const endOf = (label: Json): string => {
  if (label === DIVERGED) return label;
  return typeof label === "string" && label !== NO_PHASE ? `at ${label}` : "between phases";
};

const posteriorOf = (tables: readonly object[]): string => {
  const shareOf = (phase: string) => mean(tables.map(table => (table as { [phase: string]: number })[phase] ?? 0));
  const phases = [...new Set(tables.flatMap(table => Object.keys(table)))]
    .map(phase => ({ phase: Array.isArray(tables[0]) ? `k = ${phase}` : phase, share: shareOf(phase) }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share);
  return `The posterior lies ${phases.map(({ phase, share }) => `to ${percent(share)} in ${phase}`).join(", ")}.`;
};

/** "71 %", and more digits of what is rare. */
const percent = (share: number): string => `${share < 0.01 ? numberText(100 * share) : Math.round(100 * share)} %`;

const lossesOf = (finals: readonly RunRecord[]): string => {
  const losses = finals.map(({ loss }) => loss).filter((loss): loss is number => typeof loss === "number");
  if (losses.length === 0) return "";
  const [least, median, largest] = [0, 0.5, 1].map(share => numberText(quantile(losses, share)));
  return least === largest
    ? `The loss at the end is ${median}.`
    : `The loss at the end is ${median} in the median, ${least} to ${largest} over all runs.`;
};

const coefficientsOf = (finals: readonly RunRecord[]): string => {
  const values = finals.map(({ lambda }) => lambda).filter((value): value is number => typeof value === "number");
  return values.length === 0 ? "" : `The learning coefficient is ${numberText(mean(values))} in the mean.`;
};

const uncapital = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
