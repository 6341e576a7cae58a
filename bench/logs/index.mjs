import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { peerPython } from "../peers/environment.mjs";
import { describeMachine } from "../shared/machine.mjs";
import { markdownTable, median, showRatio } from "../shared/table.mjs";

const here = import.meta.dirname;
const ROUNDS = 3;
const SCALARS = 400_000;
const LARGE = 1e9;
const LONG_FILE = 60e6;

/**
 * Training logs (a build: npm run build) against TensorBoard's own loader, tbparse, pandas and Polars: first that both read the same, then the CPU time of reading alone, each in
 * a process of its own, in turns; and the memory that a JSON Lines file of 1 GB takes.
 */
export const run = async ({ json }) => {
  const python = peerPython(here);
  const call = (program, ...words) =>
    JSON.parse(execFileSync(program, words, { encoding: "utf8", maxBuffer: 2 ** 28 }));
  const peer = (...words) => call(python, join(here, "peer.py"), ...words);
  const ours = path => call(process.execPath, join(here, "ours.mjs"), path);
  const folder = mkdtempSync(join(tmpdir(), "landau-logs-"));
  try {
    const events = ["event file", "events", peer("make", folder, String(SCALARS)).path, ["TensorBoard", "tbparse"]];
    const text = (workload, kind, size, line, header) => {
      const path = written(join(folder, `${workload.replaceAll(/\W+/g, "-")}.${kind}`), size, line, header);
      return [workload, kind, path, ["pandas", "Polars"]];
    };
    const files = [
      events,
      text("JSON Lines, six numbers", "jsonl", LONG_FILE, jsonLine),
      text("JSON Lines, short lines with a word", "jsonl", LONG_FILE / 2, shortJsonLine),
      text("CSV, every cell filled", "csv", LONG_FILE, csvLine, CSV_HEADER),
      text("CSV, short rows with blanks", "csv", LONG_FILE / 2, sparseLine, SPARSE_HEADER),
      text("CSV, short rows with a word", "csv", LONG_FILE / 2, wordLine, WORD_HEADER),
      text("CSV, short rows with a date", "csv", LONG_FILE / 2, dateLine, DATE_HEADER),
    ];
    let versions = {};
    const rows = files.flatMap(([workload, kind, path, peers]) => {
      const bytes = statSync(path).size;
      const rounds = Array.from({ length: ROUNDS }, () => ({
        ours: ours(path),
        theirs: peers.map(name => peer(name, kind, path)),
      }));
      for (const theirs of rounds[0].theirs) compare(workload, rounds[0].ours.sums, theirs.sums);
      versions = { ...rounds[0].theirs[0].versions, node: process.version };
      const mine = median(rounds.map(round => round.ours.cpu));
      return peers.map((name, i) => {
        const other = median(rounds.map(round => round.theirs[i].cpu));
        return { workload, bytes, ours: 1e6 * mine, peer: name, theirs: 1e6 * other, ratio: other / mine };
      });
    });
    const large = ours(written(join(folder, "large.jsonl"), LARGE, jsonLine));
    report({ rows, large, versions, json });
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** Numbers that look random, the same each time. */
const noise = i => ((i * 2654435761) % 4294967296) / 4294967296;
const jsonLine = i =>
  `${JSON.stringify({ step: i, "train/loss": noise(i), "train/accuracy": noise(i + 1), lr: 1e-3 * noise(i + 2), grad_norm: 9 * noise(i + 3), timestamp: 1.7e9 + 0.37 * i })}\n`;
const shortJsonLine = i => `${JSON.stringify({ step: i >> 1, split: i % 2 ? "train" : "test", loss: noise(i) })}\n`;
const CSV_HEADER = "step,train/loss,train/accuracy,lr,grad_norm\n";
const csvLine = i => `${i},${noise(i)},${noise(i + 1)},${1e-3 * noise(i + 2)},${9 * noise(i + 3)}\n`;
const SPARSE_HEADER = "step,train/loss,val/loss\n";
const sparseLine = i => (i % 10 === 9 ? `${i},,${noise(i)}\n` : `${i},${noise(i)},\n`);
const WORD_HEADER = "step,split,loss\n";
const wordLine = i => `${i >> 1},${i % 2 ? "train" : "test"},${noise(i)}\n`;
const DATE_HEADER = "time,step,loss\n";
const dateLine = i => `${new Date(1.7e12 + 370 * i).toISOString()},${i},${noise(i)}\n`;

const written = (path, size, line, header = "") => {
  const file = openSync(path, "w");
  let [text, length] = [header, 0];
  for (let i = 0; length + text.length < size; i++) {
    text += line(i);
    if (text.length < 1 << 20) continue;
    writeSync(file, text);
    length += text.length;
    text = "";
  }
  writeSync(file, text);
  closeSync(file);
  return path;
};

const compare = (workload, ours, theirs) => {
  for (const [name, sums] of Object.entries(ours))
    sums.forEach((sum, i) => {
      if (!(Math.abs(sum - theirs[name][i]) <= 1e-9 * Math.abs(sum)))
        throw new Error(`${workload}: ${name}: ${sum} for ${theirs[name][i]}`);
    });
};

const report = ({ rows, large, versions, json }) => {
  const machine = describeMachine();
  const list = object =>
    Object.entries(object)
      .map(([name, value]) => `${name} ${value}`)
      .join(", ");
  const text = `CPU time of reading one log, without what a process needs to start and to load its libraries; medians over ${ROUNDS} rounds in turns, each in a process of its own. Sums of steps and values, and the numbers of points, are equal.

${markdownTable(
  ["log", "MB", "Landau", "MB/s", "peer", "time", "ratio"],
  rows.map(({ workload, bytes, ours, peer, theirs, ratio }) => [
    workload,
    (bytes / 1e6).toFixed(0),
    `${(ours / 1e6).toFixed(2)} s`,
    (bytes / ours).toFixed(0),
    peer,
    `${(theirs / 1e6).toFixed(2)} s`,
    showRatio(ratio),
  ]),
)}

A JSON Lines file of ${(LARGE / 1e9).toFixed(0)} GB with six numbers a line: ${large.cpu.toFixed(1)} s, ${(LARGE / 1e6 / large.cpu).toFixed(0)} MB/s, ${(large.memory / 1e6).toFixed(0)} MB of memory at most, ${Object.values(large.sums)[0][2]} points a series.

- TensorBoard's loader keeps everything here (size guidance 0); by itself it keeps 10 000 points of a series, by chance.
- Dates are read as times by all.
- Polars on one thread; its times are of text to columns alone, pandas' as well. Landau's are of bytes to series: steps in order, each once, splits told apart.
- Both checksums of every record of event files are checked on both sides.
- Machine: ${list(machine)}.
- Versions: ${list(versions)}.
`;
  writeFileSync(join(here, "results.json"), `${JSON.stringify({ machine, versions, rows, large }, null, 1)}\n`);
  writeFileSync(join(here, "results.md"), `# Training logs\n\nMade by \`npm run bench -- logs\`.\n\n${text}`);
  console.log(json ? JSON.stringify({ machine, versions, rows }) : text);
};
