import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { describeMachine } from "../shared/machine.mjs";
import { markdownTable } from "../shared/table.mjs";

const here = import.meta.dirname;
const root = join(here, "../..");
const kept = join(here, "results.json");
const { hashes } = JSON.parse(readFileSync(join(root, "test/reproductions/hashes.json"), "utf8"));

/** `landau reproduce NAME --quick` on one worker: its content hash, and its seconds of CPU time with all that it started. Needs a build. */
const reproduce = (name, native) => {
  const runs = mkdtempSync(join(tmpdir(), "landau-bench-"));
  try {
    const words = ["dist/cli.mjs", "reproduce", name, "--quick", "--json", "--no-report", "--workers", "1"];
    // The shell counts the time of its children.
    const command = '"$0" "$@" 2>/dev/null; echo; times';
    const { stdout } = spawnSync("bash", ["-c", command, process.execPath, ...words, "--runs", runs], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, LANDAU_NATIVE: native ? "1" : "0" },
      maxBuffer: 1 << 28,
    });
    const lines = stdout.trimEnd().split("\n");
    const seconds = [...lines.at(-1).matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, m, s]) => sum + 60 * m + +s, 0);
    const { contentHash } = JSON.parse(lines.slice(0, -2).join("\n"));
    return { contentHash, seconds };
  } finally {
    rmSync(runs, { recursive: true, force: true });
  }
};

/** Rows of systems that are not asked for stay as they are. */
export const run = async ({ json, systems = Object.keys(hashes) }) => {
  const unknown = systems.find(system => !Object.hasOwn(hashes, system));
  if (unknown !== undefined) throw new Error(`no system "${unknown}": one of ${Object.keys(hashes).join(", ")}`);
  const before = existsSync(kept) ? JSON.parse(readFileSync(kept, "utf8")).rows : [];
  const rows = new Map(before.map(row => [row.system, row]));
  for (const system of systems) {
    console.error(system);
    // The first fills the cache, and pays for its compiling.
    const [cold, warm, without] = [true, true, false].map(native => reproduce(system, native));
    const isEqual = [cold, warm, without].every(({ contentHash }) => contentHash === without.contentHash);
    const [first, second, off] = [cold, warm, without].map(({ seconds }) => seconds);
    const isKept = without.contentHash === hashes[system];
    rows.set(system, { system, first, second, off, isEqual, isKept, load: loadavg()[2] });
    // What was measured stays when the rest is not waited for.
    store([...rows.values()]);
  }
  const text = store([...rows.values()]);
  console.log(json ? readFileSync(kept, "utf8") : text);
};

/** Seconds with a cache that holds what a run needs; where that was not measured, with what it happened to hold. */
const native = ({ first, second }) => second ?? first;

/** Writes results.json and results.md, and returns the text. */
const store = rows => {
  const machine = describeMachine();
  const sum = of => rows.reduce((total, row) => total + of(row), 0);
  const all = {
    system: "all of these",
    first: null,
    second: sum(native),
    off: sum(({ off }) => off),
    isEqual: rows.every(({ isEqual }) => isEqual),
    isKept: rows.every(({ isKept }) => isKept),
  };
  const table = markdownTable(
    ["system", "native, first", "native, again", "LANDAU_NATIVE=0", "ratio", "hashes", "load"],
    [...rows, all].map(row => {
      const { system, first, second, off, isEqual, isKept, load } = row;
      return [
        system,
        // A null was not measured.
        ...[first, second, off].map(seconds => (seconds === null ? "-" : `${seconds.toFixed(1)} s`)),
        (native(row) / off).toFixed(2),
        isEqual && isKept ? "equal" : "OTHER",
        load === undefined ? "" : load.toFixed(0),
      ];
    }),
  );
  const list = Object.entries(machine)
    .filter(([name]) => name !== "threads")
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
  const text = `${table}

CPU time of \`landau reproduce NAME --quick --workers 1 --no-report\` with all processes that it starts, the C compiler among them. First: with what the
cache happened to hold; again: right after. Ratio: again, or first where there is no other, / LANDAU_NATIVE=0. Load: processes that wanted to run on the machine's cores, on average over a quarter of an hour: where there
are more than cores, caches are shared and times are longer.

- Machine: ${list}.
`;
  const result = { machine, rows };
  writeFileSync(kept, `${JSON.stringify(result, null, 2)}\n`);
  writeFileSync(
    join(here, "results.md"),
    `# Reproductions with and without native code: last results\n\nWritten by \`npm run bench -- reproduce\`.\n\n${text}`,
  );
  return text;
};
