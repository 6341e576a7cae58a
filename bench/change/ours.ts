import { createInterface } from "node:readline";
import { stream } from "../../src/numerics/stream.ts";
import { segmentation } from "../../src/transitions/change/segmentation.ts";
import { everySeries } from "./every-series.ts";
import { scoreOf } from "./score.ts";

/** CPU milliseconds for 20 jumps by one standard deviation in 200 000 values with the mean's cost: the least of five. */
const milliseconds = (): number => {
  const values = new Float64Array(200_000);
  stream({ seed: 1, purpose: "speed" }).normals(values);
  for (let i = 0; i < values.length; i++) values[i] += Math.floor(i / 9600) % 2;
  const times = [0, 1, 2, 3, 4].map(() => {
    const start = process.cpuUsage();
    const found = segmentation(values, { cost: "mean" });
    if (found.length !== 20) throw new Error(`${found.length} changes were found instead of 20`);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  return Math.min(...times);
};

/** `series FIRST LAST` prints a line for each series of the seeds FIRST, ..., LAST - 1; `score` reads such lines; `speed` times the search. */
const [mode, first, last] = process.argv.slice(2);
if (mode === "series")
  for (const row of everySeries(Number(first), Number(last))) process.stdout.write(`${JSON.stringify(row)}\n`);
else if (mode === "score") {
  const rows = [];
  for await (const line of createInterface({ input: process.stdin })) rows.push(JSON.parse(line));
  console.log(JSON.stringify(scoreOf(rows)));
} else console.log(JSON.stringify(milliseconds()));
