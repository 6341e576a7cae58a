import type { Command } from "commander";
import type { Comparison, Verdict } from "../../contracts/claim.ts";
import type { CompleteStudy } from "../../lab/complete-spec.ts";
import type { Run } from "../../lab/node/runs.ts";
import { measuredText } from "../../report/number-text.ts";
import { withRuns } from "../run-flags.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { coloursOf, printJson, printLine, type Terminal, widthOf } from "../terminal.ts";
import { textTable } from "../text-table.ts";

export const compareCommand = (session: Session): Command =>
  withRuns(makeCommand(session, "compare", "lay two runs side by side: settings that differ, verdicts, content hashes"))
    .argument("<a>", "a run, by its date, name, system or folder")
    .argument("<b>", "another")
    .option("--json", "print JSON")
    .addHelpText("after", examples("compare 20260101-120000 last", "compare runs/a runs/b --json"))
    .action(async (a: string, b: string, { runs, json }: { runs: string; json?: true }) => {
      const { readRun } = await import("../../lab/node/runs.ts");
      const pair = [readRun(a, runs), readRun(b, runs)] as const;
      const found = differences(pair);
      if (json) printJson(session.terminal, found);
      else print(session.terminal, pair, found);
    });

type Pair = readonly [Run, Run];
type Values = readonly [string | number | null, string | number | null];

interface Difference {
  readonly name: string;
  readonly values: Values;
}

/** What two runs say of one claim. */
interface VerdictPair {
  readonly claim: string;
  readonly outcomes: readonly [Verdict["outcome"] | null, Verdict["outcome"] | null];
  /** The first comparison of each, in words. */
  readonly measured: readonly [string | null, string | null];
}

const differences = ([a, b]: Pair) => ({
  runs: [a.id, b.id],
  sameHash: a.contentHash === b.contentHash,
  contentHashes: [a.contentHash, b.contentHash],
  settings: settingsThatDiffer(a, b),
  verdicts: verdictPairs(a, b),
});

const settingsThatDiffer = (a: Run, b: Run): readonly Difference[] => {
  const [one, other] = [a, b].map(settingsOfRun);
  return [...new Set([...one.keys(), ...other.keys()])]
    .map((name): Difference => ({ name, values: [one.get(name) ?? null, other.get(name) ?? null] }))
    .filter(({ values: [left, right] }) => left !== right);
};

/** All that determines a run, by name; settings that all studies of a run share are named once. */
const settingsOfRun = ({ spec, versions, platform, status }: Run): ReadonlyMap<string, string | number> => {
  const shared = sharedSettings(spec.studies);
  return new Map<string, string | number>([
    ["system", spec.system],
    ["seed", spec.seed],
    ["status", status],
    ["fast", spec.fast?.join(", ") ?? "none"],
    ["landau", versions.landau],
    ["node", versions.node],
    ["platform", platform],
    ["claims", spec.claims.length],
    ...shared,
    ...spec.studies.flatMap(({ name, protocol, chains, settings }): (readonly [string, string | number])[] => [
      [`${name}: protocol`, protocol],
      [`${name}: chains`, chains],
      ...Object.entries(settings)
        .filter(([key]) => !shared.has(key))
        .map(([key, value]) => [`${name}: ${key}`, value] as const),
    ]),
  ]);
};

const sharedSettings = (studies: readonly CompleteStudy[]): ReadonlyMap<string, string | number> => {
  const [first, ...others] = studies;
  return new Map(
    Object.entries(first?.settings ?? {}).filter(([key, value]) =>
      others.every(({ settings }) => settings[key] === value),
    ),
  );
};

const verdictPairs = (a: Run, b: Run): readonly VerdictPair[] => {
  const claims = [...new Set([...a.verdicts, ...b.verdicts].map(({ claim }) => claim))];
  return claims.map(claim => {
    const [left, right] = [a, b].map(({ verdicts }) => verdicts.find(verdict => verdict.claim === claim));
    return {
      claim,
      outcomes: [left?.outcome ?? null, right?.outcome ?? null],
      measured: [firstText(left), firstText(right)],
    };
  });
};

const firstText = (verdict: Verdict | undefined): string | null => {
  const first: Comparison | undefined = verdict?.comparisons[0];
  return first ? measuredText(first) : (verdict?.reason ?? null);
};

const print = (
  terminal: Terminal,
  [a, b]: Pair,
  { sameHash, settings, verdicts }: ReturnType<typeof differences>,
): void => {
  const { stdout } = terminal;
  const width = widthOf(stdout);
  const { bold, green, yellow, dim } = coloursOf(terminal);
  const line = (text = "") => printLine(stdout, text);
  const paint = (cell: string, row: number) => (row < 0 ? dim(cell) : cell);
  line(`${bold("A")}  ${a.id}`);
  line(`${bold("B")}  ${b.id}`);
  line();
  line(
    sameHash
      ? green("content hashes are equal: the records are the same, bit for bit")
      : yellow("content hashes differ"),
  );
  line();
  if (settings.length === 0) line("no setting differs");
  else
    for (const text of textTable(
      settings.map(({ name, values }) => [name, ...values.map(value => (value === null ? "-" : String(value)))]),
      { width, header: ["setting", "A", "B"], paint },
    ))
      line(text);
  if (verdicts.length === 0) return;
  line();
  const rows = verdicts.map(({ claim, outcomes, measured }) => [
    claim,
    ...outcomes.map((outcome, i) => (outcome === null ? "not judged" : `${outcome}  ${measured[i] ?? ""}`.trimEnd())),
  ]);
  for (const text of textTable(rows, { width, header: ["claim", "A", "B"], paint })) line(text);
};
