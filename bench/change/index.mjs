import { spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { peerPython } from "../peers/environment.mjs";
import { bundle } from "../shared/bundle.mjs";
import { describeMachine } from "../shared/machine.mjs";
import { markdownTable, median, showRatio, showTime } from "../shared/table.mjs";

const here = import.meta.dirname;
/** Seeds from 0 to 2000, from 4000 to 6000, from 10000 and from 30000 on were looked at before this code was as it is; these were not. */
const SEEDS = [40000, 41000];
const PARTS = 20;
const LENGTH = 300;
/** Methods of `peers.py`. */
const METHODS = 6;
const ROUNDS = 3;

export const run = async ({ json }) => {
  const script = await bundle("change", join(here, "ours.ts"));
  const python = peerPython(here);
  const result = report(script, {
    rows: speeds(script, python),
    peers: await inTurns(peerJobs(script, python)),
    lines: await inTurns(seriesJobs(script)),
  });
  console.log(json ? JSON.stringify(result) : page(result));
};

/** Works off jobs on all cores; their answers are in the order of the jobs. */
const inTurns = async jobs => {
  const answers = [];
  const left = [...jobs.entries()];
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) answers[next[0]] = await next[1]();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return answers;
};

/** Scores what was found and writes the tables. */
export const report = (script, { rows, peers, lines }) => {
  const score = spawnSync(process.execPath, [script, "score"], { input: lines.join(""), maxBuffer: 2 ** 28 });
  const result = {
    machine: describeMachine(),
    versions: { ...peers[0].versions, node: process.version },
    rows,
    peers: peers.map(({ answer }) => answer),
    ...JSON.parse(score.stdout),
  };
  writeFileSync(join(here, "results.json"), `${JSON.stringify(result, null, 1)}\n`);
  writeFileSync(join(here, "results.md"), page(result));
  return result;
};

/** What a program prints for some input. */
const printed = (program, words, input = "") =>
  new Promise((resolve, reject) => {
    const child = spawn(program, words.map(String), { stdio: ["pipe", "pipe", "inherit"] });
    let text = "";
    child.stdout.setEncoding("utf8").on("data", chunk => {
      text += chunk;
    });
    child.on("error", reject);
    child.on("close", code => (code === 0 ? resolve(text) : reject(new Error(`${program} ended with code ${code}`))));
    child.stdin.end(input);
  });

/** The same as JSON, while nothing else goes on. */
const told = (program, words, input) => {
  const { status, stdout } = spawnSync(program, words.map(String), { input, stdio: ["pipe", "pipe", "inherit"] });
  if (status !== 0) throw new Error(`${program} ${words.join(" ")} ended with code ${status}`);
  return JSON.parse(stdout);
};

const bytesOf = (script, ...words) =>
  spawnSync(process.execPath, [script, ...words.map(String)], { maxBuffer: 2 ** 30 }).stdout;

/** Alarms of the peers on the same series without a change. */
export const peerJobs = (script, python) => {
  const series = bytesOf(script, "nulls", ...SEEDS);
  const kinds = series.length / (8 * LENGTH * (SEEDS[1] - SEEDS[0]));
  const words = method => [join(here, "peers.py"), "alarms", method, LENGTH, kinds];
  return Array.from(
    { length: METHODS },
    (_, method) => async () => JSON.parse(await printed(python, words(method), series)),
  );
};

/** Lines of `ours.ts series`. */
export const seriesJobs = script => {
  const each = (SEEDS[1] - SEEDS[0]) / PARTS;
  const first = part => SEEDS[0] + part * each;
  return Array.from(
    { length: PARTS },
    (_, part) => () => printed(process.execPath, [script, "series", first(part), first(part + 1)]),
  );
};

/** CPU times in microseconds, in turns. */
export const speeds = (script, python) => {
  const [long, short] = [200_000, 20_000].map(length => bytesOf(script, "jumps", length));
  const rounds = Array.from({ length: ROUNDS }, () => ({
    ours: told(process.execPath, [script, "speed"]),
    fpop: told(python, [join(here, "peers.py"), "fpop"], long).answer,
    pelt: told(python, [join(here, "peers.py"), "pelt"], short).answer,
  }));
  const middle = pick => 1e6 * median(rounds.map(pick));
  const row = (workload, ours, peer, theirs) => ({ workload, ours, peer, theirs, ratio: theirs && theirs / ours });
  return [
    row(
      "mean, 200 000 values",
      middle(({ ours }) => ours.long),
      "skchange FPOP",
      middle(({ fpop }) => fpop.seconds),
    ),
    row(
      "mean, 20 000 values",
      middle(({ ours }) => ours.short),
      "ruptures Pelt",
      middle(({ pelt }) => pelt.seconds),
    ),
    row(
      "all laws and changes, 2000 values",
      middle(({ ours }) => ours.laws),
      null,
      null,
    ),
    row(
      "all laws and changes with all looks, 200 000 values, thinned",
      middle(({ ours }) => ours.thinned),
      null,
      null,
    ),
  ];
};

const percent = (part, whole) => (whole > 0 ? `${((100 * part) / whole).toFixed(1)} %` : "");

const missed = alarms => {
  const names = alarms.filter(({ upper }) => upper > 0.065).map(({ name }) => name);
  return names.length > 0 ? `Missed: ${names.join(", ")}.` : "All meet that.";
};

const page = ({ machine, versions, rows, peers, alarms, jumps }) => `# Changes beside smooth laws, on made series

Made by \`npm run bench -- change\`: \`findChanges\` with its defaults on series of 300 values (\`series.ts\`). ${machine.processor}, ${machine.cores} cores;
${Object.entries(versions)
  .map(([name, version]) => `${name} ${version}`)
  .join(", ")}.

## Alarms where there is no change

An alarm is a change of any type. Wanted: at most 5 %, with an upper 95 % bound of at most 6.5 %. ${missed(alarms)}

${markdownTable(
  ["series", "number", "alarms", "upper bound", "by type"],
  alarms.map(({ name, series, alarms, upper, byType }) => [
    name,
    String(series),
    percent(alarms, series),
    `${(100 * upper).toFixed(2)} %`,
    Object.entries(byType)
      .map(([type, number]) => `${type} ${number}`)
      .join(", "),
  ]),
)}

### Other programs on the same series

Shares of series with any change, at the defaults of each. They look for changes in independent noise around levels, of size 1 or as their penalty says, and so see the series in units of the
noise between neighbours; a trend or a dependent series is all changes to them. ${peers
  .filter(({ series }) => series < alarms[0].series)
  .map(({ method, series }) => `${method}: the first ${series} series of each kind.`)
  .join(" ")}

${markdownTable(
  ["series", "here", ...peers.map(({ method }) => method)],
  alarms.map(({ name, alarms, series }, kind) => [
    name,
    percent(alarms, series),
    ...peers.map(peer => percent(peer.alarms[kind], peer.series)),
  ]),
)}

## One jump in AR(1) noise

Sizes are in standard deviations of the noise; the place is anywhere in the middle third. Wanted: all found at 3 for coefficients up to 0.9, 60 % at 2 and
0.9; intervals that hold the moment in 93 to 97 %, which is any moment between two values. An interval of whole values is the one whose probability is nearest to 95 %; where one value alone is
all but certain, it cannot hold the place less often. "Says so" is the mean probability that these state: what they should hold.

${markdownTable(
  [
    "coefficient",
    "size",
    "number",
    "found",
    "within 3 values",
    "interval holds the moment",
    "whole values hold the place",
    "and say so",
    "median width",
    "more than one change",
  ],
  jumps.map(({ phi, size, series, found, near, heldMoment, held, stated, width, more }) => [
    String(phi),
    String(size),
    String(series),
    percent(found, series),
    percent(near, found),
    percent(heldMoment, found),
    percent(held, found),
    percent(stated ?? 0, 1),
    String(width ?? ""),
    percent(more, series),
  ]),
)}

## Speed

CPU times with 20 jumps, medians of ${ROUNDS} rounds in turns. ruptures' Pelt has its default grid of every fifth value and takes minutes for 200 000.

${markdownTable(
  ["workload", "Landau", "peer", "its time", "its time over ours"],
  rows.map(({ workload, ours, peer, theirs, ratio }) => [
    workload,
    showTime(ours),
    peer ?? "",
    theirs ? showTime(theirs) : "",
    ratio ? showRatio(ratio) : "",
  ]),
)}
`;
