import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { peerPython } from "../peers/environment.mjs";
import { describeMachine } from "../shared/machine.mjs";
import { markdownTable, median, showRatio } from "../shared/table.mjs";

const here = import.meta.dirname;
const cli = join(here, "../../dist/cli.mjs");
const ROUNDS = 3;
const TOLERANCE = 1e-6;

/**
 * `landau diagnose` (a build: npm run build) against ArviZ: first the numbers, then time and memory of whole processes on one file of 1e7 draws. With an older
 * build of Landau in LANDAU_BEFORE (a path to its dist/cli.mjs) that one is timed once too.
 */
export const run = async ({ json }) => {
  const python = peerPython();
  const peer = (...words) =>
    execFileSync(python, [join(here, "peer.py"), ...words], {
      encoding: "utf8",
      maxBuffer: 2 ** 28,
      env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
    });
  const measure = command => JSON.parse(peer("measure", ...command));
  const folder = mkdtempSync(join(tmpdir(), "landau-diagnose-"));
  try {
    peer("make", folder);
    const ours = files => [process.execPath, cli, "diagnose", "--json", ...files];
    const theirs = files => [python, join(here, "peer.py"), "summary", ...files];
    /** What Landau gives beside its summary, too. */
    const theSame = files => [python, join(here, "peer.py"), "same", ...files];

    const stan = [1, 2, 3, 4].map(chain => join(folder, `stan-${chain}.csv`));
    const right = JSON.parse(measure(theirs(stan)).text);
    const compared = [
      ["CmdStan's form, four files", differences(JSON.parse(measure(ours(stan)).text), right)],
      ["the four joined", differences(JSON.parse(measure(ours([join(folder, "stan-joined.csv")])).text), right)],
    ];

    const rows = [];
    for (const digits of [8, 17]) {
      const file = join(folder, `digits-${digits}.csv`);
      const { size } = statSync(file);
      const rounds = Array.from({ length: ROUNDS }, () => ({
        ours: measure(ours([file])),
        theirs: measure(theSame([file])),
        summary: measure(theirs([file])),
      }));
      const before = process.env.LANDAU_BEFORE
        ? measure([process.execPath, process.env.LANDAU_BEFORE, "diagnose", "--json", file])
        : undefined;
      compared.push([
        `1e7 draws, ${digits} digits`,
        differences(JSON.parse(rounds[0].ours.text), JSON.parse(rounds[0].theirs.text)),
      ]);
      const of = (side, what) => median(rounds.map(round => round[side][what]));
      rows.push({
        workload: `${digits} digits`,
        bytes: size,
        ours: 1e6 * of("ours", "cpu"),
        peer: "ArviZ",
        theirs: 1e6 * of("theirs", "cpu"),
        ratio: of("theirs", "cpu") / of("ours", "cpu"),
        wall: of("theirs", "wall") / of("ours", "wall"),
        summary: 1e6 * of("summary", "cpu"),
        summaryRatio: of("summary", "cpu") / of("ours", "cpu"),
        memory: of("ours", "memory"),
        theirMemory: of("theirs", "memory"),
        ...(before && {
          before: 1e6 * before.cpu,
          beforeRatio: before.cpu / of("ours", "cpu"),
          beforeMemory: before.memory,
        }),
      });
    }
    for (const [name, worst] of compared)
      if (!(worst < TOLERANCE)) throw new Error(`${name}: differs from ArviZ by ${worst}, more than ${TOLERANCE}`);
    report({ compared, rows, versions: { arviz: right.arviz, numpy: right.numpy, node: process.version }, json });
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** The largest relative difference of any number that both give. */
const differences = ({ quantities, findings }, { values, divergent, deepest, eBfmi }) => {
  let worst = 0;
  const look = (ours, theirs) => {
    worst = Math.max(worst, Math.abs(ours - theirs) / Math.max(Math.abs(theirs), 1e-3));
  };
  for (const [name, wanted] of Object.entries(values)) {
    const own = quantities.find(each => each.name === name);
    const { quantiles = [], ...numbers } = wanted;
    for (const [key, value] of Object.entries(numbers)) look(own[key].value, value);
    for (const { p, value, mcse } of quantiles) {
      const one = own.quantiles.find(each => each.p === p);
      look(one.value.value, value);
      look(one.mcse.value, mcse);
    }
  }
  const value = name => findings.find(each => each.name === name).value;
  if (divergent !== undefined) look(value("divergences"), divergent);
  if (deepest !== undefined) look(value("trajectories"), deepest);
  for (const [chain, each] of (eBfmi ?? []).entries()) look(value("energy")[chain], each);
  return worst;
};

const report = ({ compared, rows, versions, json }) => {
  const machine = describeMachine();
  const seconds = microseconds => `${(microseconds / 1e6).toFixed(2)} s`;
  const share = (memory, bytes) => `${(memory / bytes).toFixed(2)}`;
  const list = object =>
    Object.entries(object)
      .map(([name, value]) => `${name} ${value}`)
      .join(", ");
  const text = `Mean, sd, their errors, effective draws, R-hat; of CmdStan's form also divergences, depth and E-BFMI, with saved warm-up left out. Largest relative difference to
ArviZ (below ${TOLERANCE}, or nothing is written):

${markdownTable(
  ["file", "difference"],
  compared.map(([name, worst]) => [name, worst.toExponential(1)]),
)}

4 chains x 25000 draws x 100 quantities in one CSV file. CPU time of whole processes (wall time in a ratio of its own), medians over ${ROUNDS} rounds in turns; memory as a share of the file's size.

${markdownTable(
  [
    ...["file", "MB", "Landau", "ArviZ", "ratio", "ratio of wall times", "memory", "ArviZ"],
    ...["ArviZ's summary alone", "ratio", "Landau before", "ratio"],
  ],
  rows.map(row => [
    row.workload,
    (row.bytes / 1e6).toFixed(0),
    seconds(row.ours),
    seconds(row.theirs),
    showRatio(row.ratio),
    showRatio(row.wall),
    share(row.memory, row.bytes),
    share(row.theirMemory, row.bytes),
    seconds(row.summary),
    showRatio(row.summaryRatio),
    row.before === undefined ? "not measured" : seconds(row.before),
    row.before === undefined ? "" : showRatio(row.beforeRatio),
  ]),
)}

- "Before" is the build whose path LANDAU_BEFORE holds, measured once.
- "ArviZ" gives all numbers that Landau gives: its summary, and three quantiles with their errors, which the summary leaves out. The summary has intervals of highest density besides.
- Machine: ${list(machine)}.
- Versions: ${list(versions)}.
`;
  writeFileSync(join(here, "results.json"), `${JSON.stringify({ machine, versions, compared, rows }, null, 1)}\n`);
  writeFileSync(
    join(here, "results.md"),
    `# Draws of other samplers\n\nMade by \`npm run bench -- diagnose\`.\n\n${text}`,
  );
  console.log(json ? JSON.stringify({ machine, versions, rows }) : text);
};
