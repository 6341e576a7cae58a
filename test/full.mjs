// The long statistical checks: every system's claims with the ensembles of its source, from fixed seeds. Writes the verdicts
// to docs/results/<system>.md and ends with code 1 when a claim fails. Run by `npm run test:full`, after a build; systems that are
// named (`npm run test:full -- modular`) are the only ones.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { systems } from "landau";

const root = resolve(import.meta.dirname, "..");
const runs = mkdtempSync(join(tmpdir(), "landau-full-"));
const results = join(root, "docs/results");
mkdirSync(results, { recursive: true });

const number = value => String(Number(value.toPrecision(6)));
const measured = ({ measured, interval, members }) =>
  [
    number(measured),
    ...(interval ? [`95 %: ${number(interval[0])} to ${number(interval[1])}`] : []),
    ...(members === undefined ? [] : [`${members} members`]),
  ].join("; ");
const predicted = ({ predicted, tolerance = 0 }) => {
  if (Array.isArray(predicted)) return `${number(predicted[0])} to ${number(predicted[1])}`;
  if (typeof predicted === "number") return `${number(predicted)} ± ${number(tolerance)}`;
  return "above" in predicted ? `> ${number(predicted.above)}` : `< ${number(predicted.below)}`;
};

const named = process.argv.slice(2);
const unknown = named.find(name => !Object.hasOwn(systems, name));
if (unknown !== undefined) {
  console.error(`no system ${unknown}: there are ${Object.keys(systems).join(", ")}`);
  process.exit(2);
}
let passed = 0;
let failed = 0;
let undecided = 0;
for (const [name, listed] of Object.entries(systems)) {
  if (named.length > 0 && !named.includes(name)) continue;
  const { title, claims } = await listed.load();
  const start = performance.now();
  const args = [join(root, "dist/cli.mjs"), "reproduce", name, "--full", "--runs", runs, "--json"];
  const { stdout, status } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 1 << 26,
  });
  if (status !== 0 && status !== 1) process.exit(status ?? 1);
  const { seed, contentHash, verdicts } = JSON.parse(stdout);
  const rows = verdicts.flatMap(({ claim, outcome, comparisons }) =>
    comparisons.map(
      (comparison, i) =>
        `| ${i === 0 ? `${claim}: **${outcome}**` : ""} | ${comparison.quantity} | ${measured(comparison)} | ${predicted(comparison)} | ${comparison.kind} |`,
    ),
  );
  writeFileSync(
    join(results, `${name}.md`),
    `# ${title}: every claim, full ensembles\n\nMade by \`npm run test:full\` from seed ${seed}; content hash \`${contentHash}\`.\n\n` +
      `| claim | quantity | measured | predicted | prediction |\n| --- | --- | --- | --- | --- |\n${rows.join("\n")}\n`,
  );
  const outcomes = verdicts.map(({ outcome }) => outcome);
  passed += outcomes.filter(outcome => outcome === "holds").length;
  failed += outcomes.filter(outcome => outcome === "fails").length;
  undecided += outcomes.filter(outcome => outcome === "undecided").length;
  if (outcomes.length !== claims.length) failed += 1;
  console.log(`${name}: ${Math.round((performance.now() - start) / 1000)} s`);
}
if (named.length === 0) {
  // The statistical tests of the samplers, of maps and of orders, every saved state, more kills, each fault of the file system at each call,
  // and two thousand tasks on threads, Slurm and a queue with kills,
  // for which a quick suite has no time.
  const parts = [
    "sampling",
    "transitions/map",
    "transitions/order",
    "determinism",
    "systems",
    "lab/node/faults.test.ts",
    "logs/one-run.test.ts",
    "lab/node/cluster",
  ];
  const long = parts.map(part => `test/${part}`);
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const ended = spawnSync(process.execPath, [vitest, "run", ...long, "--testTimeout", "1200000"], {
    cwd: root,
    env: { ...process.env, LANDAU_FULL: "1" },
    stdio: "inherit",
  });
  if (ended.status !== 0) failed += 1;
}
console.log(`${passed} passed, ${failed} failed, ${undecided} undecided`);
process.exitCode = passed > 0 && failed === 0 ? 0 : 1;
