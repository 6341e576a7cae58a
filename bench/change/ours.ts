import { createInterface } from "node:readline";
import { everySeries } from "./every-series.ts";
import { scoreOf } from "./score.ts";
import { nullSeries, nulls } from "./series.ts";

const written = (values: Float64Array): void => void process.stdout.write(new Uint8Array(values.buffer));

/**
 * `series FIRST LAST` prints a line for each series of the seeds FIRST, ..., LAST - 1; `score` reads such lines; `nulls FIRST LAST` writes the values of series without a
 * change, all kinds for each seed.
 */
const [mode, ...words] = process.argv.slice(2);
const [first, last] = words.map(Number);
if (mode === "series") for (const row of everySeries(first, last)) process.stdout.write(`${JSON.stringify(row)}\n`);
else if (mode === "score") {
  const rows = [];
  for await (const line of createInterface({ input: process.stdin })) rows.push(JSON.parse(line));
  console.log(JSON.stringify(scoreOf(rows)));
} else if (mode === "nulls")
  for (let seed = first; seed < last; seed++)
    for (const name of Object.keys(nulls)) written(nullSeries(name, seed).values);
