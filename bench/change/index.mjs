import { spawn, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { peerPython } from "../peers/environment.mjs";
import { bundle } from "../shared/bundle.mjs";
import { keptIn } from "../shared/kept.mjs";
import { describeMachine } from "../shared/machine.mjs";
import { markdownTable, median, showRatio, showTime } from "../shared/table.mjs";

const here = import.meta.dirname;
const { LANDAU_SEEDS } = process.env;
/** Seeds below 50000 were looked at before this code was as it is; these were not. LANDAU_SEEDS=200 takes the first 200 of them and leaves out what takes ruptures minutes, where there is no time for all. */
const SEEDS = [50000, 50000 + Number(LANDAU_SEEDS ?? 1000)];
/** Seeds of one part of the work: small, as an interruption loses those parts that are not done, except that skchange compiles for seconds at each start. */
const OWN_PART = 25;
const PEER_PART = 100;
const LENGTH = 300;
/** Methods of `peers.py`. */
const METHODS = 6;
const ROUNDS = LANDAU_SEEDS ? 1 : 3;
const LONG_PELT = "ruptures Pelt, once";

/** What is counted is kept in `.kept` under a hash of the code that counted it, so a run that was interrupted goes on; times are taken anew. */
export const run = async ({ json }) => {
  const keep = keptIn(join(here, ".kept"));
  const script = keep.copy(await bundle("change", join(here, "ours.ts")));
  const python = peerPython(here);
  // Ours and the peers' of the same seeds one after the other, so that what is kept of both goes equally far.
  const jobs = [...seriesJobs(keep, script), ...peerJobs(keep, script, python)].sort((a, b) => a.first - b.first);
  const answers = await inTurns(jobs);
  const of = isPeer => answers.filter((_, i) => jobs[i].isPeer === isPeer);
  const result = report(script, {
    lines: of(false),
    peers: peersOf(of(true).map(answer => JSON.parse(answer))),
    rows: speeds(await bundle("change-speed", join(here, "speed.ts")), python),
  });
  console.log(json ? JSON.stringify(result) : page(result));
};

/** Works off jobs on all cores; their answers are in the order of the jobs. */
const inTurns = async jobs => {
  const answers = [];
  const left = [...jobs.entries()];
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      answers[next[0]] = await next[1].make();
      console.error(`part ${next[0] + 1} of ${jobs.length} is done`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return answers;
};

/** Scores what was found and writes the tables. */
const report = (script, { rows, peers, lines }) => {
  const score = spawnSync(process.execPath, [script, "score"], { input: lines.join(""), maxBuffer: 2 ** 28 });
  const result = {
    machine: describeMachine(),
    versions: { ...peers.versions, node: process.version },
    rows,
    peers: peers.methods,
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

/** First seeds and the seeds after the last of equal parts. */
const parts = size =>
  Array.from({ length: Math.ceil((SEEDS[1] - SEEDS[0]) / size) }, (_, part) => {
    const first = SEEDS[0] + part * size;
    return [first, Math.min(first + size, SEEDS[1])];
  });

/** Lines of `ours.ts series`. */
const seriesJobs = (keep, script) =>
  parts(OWN_PART).map(seeds => ({
    first: seeds[0],
    isPeer: false,
    make: () => {
      const words = ["series", ...seeds];
      return keep.text([readFileSync(script), ...words], () => printed(process.execPath, [script, ...words]));
    },
  }));

/** Alarms of the peers on the same series without a change, by method and seeds. */
const peerJobs = (keep, script, python) =>
  parts(PEER_PART).flatMap(seeds => {
    const series = bytesOf(script, "nulls", ...seeds);
    const kinds = series.length / (8 * LENGTH * (seeds[1] - seeds[0]));
    return Array.from({ length: METHODS }, (_, method) => ({
      // After our own parts of the same seeds.
      first: seeds[1] - 1,
      isPeer: true,
      make: () => {
        const [program, ...words] = [join(here, "peers.py"), "alarms", method, LENGTH, kinds];
        const code = [readFileSync(program), readFileSync(join(here, "requirements.txt"))];
        return keep.text([...code, ...words, series], () => printed(python, [program, ...words], series));
      },
    }));
  });

/** Sums over the seeds, method by method. */
const peersOf = answers => ({
  versions: answers[0].versions,
  methods: answers.slice(0, METHODS).map(({ answer: { method } }) => {
    const own = answers.map(({ answer }) => answer).filter(answer => answer.method === method);
    const series = own.reduce((sum, part) => sum + part.series, 0);
    return {
      method,
      series,
      alarms: own[0].alarms.map((_, kind) => own.reduce((sum, part) => sum + part.alarms[kind], 0)),
    };
  }),
});

/** CPU times in microseconds, in turns; ruptures takes minutes for the long series and has one turn there. */
const speeds = (script, python) => {
  const [long, short] = [200_000, 20_000].map(length => bytesOf(script, "jumps", length));
  const rounds = Array.from({ length: ROUNDS }, () => ({
    ours: told(process.execPath, [script, "times"]),
    fpop: told(python, [join(here, "peers.py"), "fpop"], long).answer,
    pelt: told(python, [join(here, "peers.py"), "pelt"], short).answer,
  }));
  const longPelt = LANDAU_SEEDS ? null : 1e6 * told(python, [join(here, "peers.py"), "pelt"], long).answer.seconds;
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
      "mean, 200 000 values",
      middle(({ ours }) => ours.long),
      LONG_PELT,
      longPelt,
    ),
    row(
      "all laws and changes, 2000 values, white noise",
      middle(({ ours }) => ours.laws),
      null,
      null,
    ),
    row(
      "all laws and changes, 2000 values, AR(1) 0.9",
      middle(({ ours }) => ours.dependent),
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

/** Jumps from 3 standard deviations on: how many are found, and where intervals hold the moment too seldom or too often. */
const reached = jumps => {
  const large = jumps.filter(({ size }) => size >= 3);
  const sum = pick => large.reduce((total, row) => total + pick(row), 0);
  const found = sum(row => row.found);
  const outside = large.filter(({ heldMoment, found }) => heldMoment < 0.93 * found || heldMoment > 0.97 * found);
  const cells = outside.map(
    ({ phi, size, heldMoment, found }) => `${percent(heldMoment, found)} at ${phi} and ${size}`,
  );
  return `From 3 on ${found} of ${sum(row => row.series)} are found, and ${percent(
    sum(row => row.heldMoment),
    found,
  )} of the intervals hold the moment${cells.length > 0 ? `; outside 93 to 97 %: ${cells.join(", ")}` : ", each cell in 93 to 97 %"}.`;
};

const page = ({ machine, versions, rows, peers, alarms, jumps }) => `# Changes beside smooth laws, on made series

Made by \`npm run bench -- change\`: \`findChanges\` with its defaults on series of 300 values (\`series.ts\`), ${alarms[0].series} of each kind with seeds from 50000 on. ${machine.processor}, ${machine.cores} cores;
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
noise between neighbours; a trend or a dependent series is all changes to them.

${markdownTable(
  ["series", "here", ...peers.map(({ method }) => method)],
  alarms.map(({ name, alarms, series }, kind) => [
    name,
    percent(alarms, series),
    ...peers.map(peer => percent(peer.alarms[kind], peer.series)),
  ]),
)}

## One jump in AR(1) noise

Sizes are in standard deviations of the noise; the place is anywhere in the middle third. Wanted: all found from 3 on for coefficients up to 0.9, 60 % at 2 and
0.9; intervals that hold the moment, which is any moment between two values, in 93 to 97 % from 3 on. ${reached(jumps)} An interval of whole values is the one whose probability is nearest to 95 %; where one value alone is
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

CPU times with 20 jumps, ${ROUNDS === 1 ? "one round" : `medians of ${ROUNDS} rounds in turns`}. ruptures' Pelt has its default grid of every fifth value${rows.some(({ peer, theirs }) => peer === LONG_PELT && theirs === null) ? ", and takes minutes for 200 000, which were left out" : ""}. The first two rows that name no peer hold the choice among all laws,
wanted in 5 s.

${markdownTable(
  ["workload", "Landau", "peer", "its time", "its time over ours"],
  rows
    .filter(({ peer, theirs }) => peer !== LONG_PELT || theirs !== null)
    .map(({ workload, ours, peer, theirs, ratio }) => [
      workload,
      showTime(ours),
      peer ?? "",
      theirs ? showTime(theirs) : "",
      ratio ? showRatio(ratio) : "",
    ]),
)}
`;
