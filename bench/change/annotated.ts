import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { LandauError } from "../../src/errors.ts";
import { findChanges } from "../../src/transitions/change/find-changes.ts";
import { coverOf, f1Of } from "./annotation-scores.ts";

/** Indices of the first value after each change, one list for each person. */
type Annotations = { readonly [person: string]: readonly number[] };

interface SeriesFile {
  readonly n_obs: number;
  readonly series: readonly { readonly raw: readonly (number | null)[] }[];
}

const read = <T>(path: string): T => JSON.parse(readFileSync(path, "utf8"));

/** Where a series may lie in a folder, as in the repository of the data set or flat. */
const places = (folder: string, name: string): string[] => [
  join(folder, `${name}.json`),
  join(folder, name, `${name}.json`),
  join(folder, "datasets", name, `${name}.json`),
];

const found = (values: readonly number[]): { changes: number[]; note: string } => {
  try {
    const { changes } = findChanges(values);
    return { changes: changes.map(({ at }) => at.estimate), note: changes.map(({ type }) => type).join(", ") };
  } catch (error) {
    if (!(error instanceof LandauError)) throw error;
    return { changes: [], note: error.message };
  }
};

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Scores of people against each other: each against all others, for a series of n values. */
const peopleOf = (annotations: Annotations, n: number): { f1: number; cover: number } => {
  const people = Object.keys(annotations);
  const scores = people.map(person => {
    const others = people.filter(other => other !== person).map(other => annotations[other]);
    return { f1: f1Of(others, annotations[person]), cover: coverOf(others, annotations[person], n) };
  });
  return { f1: mean(scores.map(({ f1 }) => f1)), cover: mean(scores.map(({ cover }) => cover)) };
};

const [folder] = process.argv.slice(2);
const annotations = read<{ readonly [name: string]: Annotations }>(join(folder, "annotations.json"));
const rows = [];
const left: string[] = [];
for (const name of Object.keys(annotations).sort()) {
  const path = places(folder, name).find(existsSync);
  if (path === undefined) {
    left.push(`${name}: no file`);
    continue;
  }
  const { series } = read<SeriesFile>(path);
  const values = series[0].raw.filter(value => value !== null);
  if (series.length > 1 || values.length < series[0].raw.length) {
    left.push(`${name}: ${series.length > 1 ? `${series.length} dimensions` : "values are missing"}`);
    continue;
  }
  const start = process.cpuUsage();
  const { changes, note } = found(values);
  const { user } = process.cpuUsage(start);
  const all = Object.values(annotations[name]);
  rows.push({
    name,
    values: values.length,
    changes,
    note,
    f1: f1Of(all, changes),
    cover: coverOf(all, changes, values.length),
    zero: { f1: f1Of(all, []), cover: coverOf(all, [], values.length) },
    people: peopleOf(annotations[name], values.length),
    seconds: user / 1e6,
  });
}
console.log(JSON.stringify({ rows, left }));
