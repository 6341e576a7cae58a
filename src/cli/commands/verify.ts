import type { Command } from "commander";
import { LandauError } from "../../errors.ts";
import { unknownWord } from "../../lab/nearest.ts";
import { cannotRead } from "../../lab/node/files.ts";
import type { CaseResult, SkippedKind, Verification } from "../../lab/verify.ts";
import { exitCodes } from "../exit-codes.ts";
import { showWork, type WorkProgress } from "../progress/work-progress.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { type Output, printJson, printLine } from "../terminal.ts";

interface VerifyFlags {
  readonly skip?: SkippedKind[];
  readonly only?: string[];
  readonly json?: true;
}

export const verifyCommand = (session: Session): Command =>
  makeCommand(session, "verify", "compare the answers of a system with files of known ones (landau-vectors/1)")
    .argument("<file...>", "files of test vectors")
    .option("--skip <kind>", "count cases of a kind (statistical, slow) as skipped; may be repeated", collectKinds)
    .option("--only <quantity>", "only the cases of a quantity; may be repeated", collect)
    .option("--json", "print JSON")
    .addHelpText("after", "\nExits with 1 when a case fails.")
    .addHelpText(
      "after",
      examples(
        "verify vectors.json",
        "verify vectors.json --skip statistical --skip slow",
        "verify vectors.json --only kgon --json",
      ),
    )
    .action(async (paths: string[], { skip, only, json }: VerifyFlags) => {
      const { terminal } = session;
      const [{ readFile }, { verifyFile }] = await Promise.all([
        import("node:fs/promises"),
        import("../../lab/verify.ts"),
      ]);
      const results: { file: string; result: Verification }[] = [];
      for (const file of paths) {
        const text = await readFile(file, "utf8").catch(cannotRead(file, "vectors"));
        let shown: WorkProgress | undefined;
        const visit = (result: CaseResult, index: number, total: number) => {
          shown ??= showWork(terminal, { what: file, unit: "cases", total });
          if (!json && result.outcome === "failed") {
            shown.stop();
            printFailure(terminal.stdout, result);
          }
          shown.update(index + 1);
        };
        results.push({ file, result: await verifyFile(text, file, { skip, only, visit }) });
        shown?.stop();
      }
      if (json)
        printJson(terminal, { files: results.map(({ file, result }) => ({ file, ...result })), ...total(results) });
      else {
        const { passed, failed, skipped } = total(results);
        printLine(terminal.stdout, `${passed} passed, ${failed} failed, ${skipped} skipped`);
      }
      if (total(results).failed > 0) session.exitCode = exitCodes.wrong;
    });

const kinds: readonly string[] = ["statistical", "slow"] satisfies SkippedKind[];

const collectKinds = (kind: string, before?: string[]): string[] => {
  if (!kinds.includes(kind)) throw new LandauError("input", unknownWord("kind", kind, kinds));
  return collect(kind, before);
};

const collect = (value: string, before: string[] = []): string[] => [...before, value];

const total = (results: readonly { readonly result: Verification }[]) => {
  const sum = (count: "passed" | "failed" | "skipped") => results.reduce((all, { result }) => all + result[count], 0);
  return { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") };
};

/** A line for a failing case: its first difference, and how many more there are. */
const printFailure = (output: Output, { quantity, id, failures, error }: CaseResult): void => {
  const [first] = failures;
  const why =
    error ??
    `${first.path || "the answer"} is ${short(first.actual)}, expected ${short(first.expected)}` +
      (first.allowed === null ? "" : ` within ${Number(first.allowed.toPrecision(3))}`) +
      (failures.length > 1 ? `, and ${failures.length - 1} more` : "");
  printLine(output, `FAILED ${quantity} ${id}: ${why}`);
};

const short = (value: unknown): string => {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
};
