import { CommanderError } from "commander";
import { shellWord } from "../call-text.ts";
import { explained, isLandauError } from "../errors.ts";
import { landauVersion } from "../lab/node/versions.ts";
import { annealCommand } from "./commands/anneal.ts";
import { auditCommand } from "./commands/audit.ts";
import { checkCommand } from "./commands/check.ts";
import { coefficientCommand } from "./commands/coefficient.ts";
import { compareCommand } from "./commands/compare.ts";
import { compareTheoryCommand } from "./commands/compare-theory.ts";
import { detectCommand } from "./commands/detect.ts";
import { diagnoseCommand } from "./commands/diagnose.ts";
import { dissimilarityCommand } from "./commands/dissimilarity.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { exportCommand } from "./commands/export.ts";
import { gatherCommand } from "./commands/gather.ts";
import { labCommand } from "./commands/lab.ts";
import { openCommand } from "./commands/open.ts";
import { orderCommand } from "./commands/order.ts";
import { planCommand } from "./commands/plan.ts";
import { plateausCommand } from "./commands/plateaus.ts";
import { pruneCommand } from "./commands/prune.ts";
import { reproduceCommand } from "./commands/reproduce.ts";
import { resumeCommand } from "./commands/resume.ts";
import { runCommand } from "./commands/run.ts";
import { runsCommand } from "./commands/runs.ts";
import { sampleCommand } from "./commands/sample.ts";
import { showCommand } from "./commands/show.ts";
import { susceptibilityCommand } from "./commands/susceptibility.ts";
import { sweepCommand } from "./commands/sweep.ts";
import { systemsCommand } from "./commands/systems.ts";
import { theoryCommand } from "./commands/theory.ts";
import { trainCommand } from "./commands/train.ts";
import { verifyCommand } from "./commands/verify.ts";
import { workCommand } from "./commands/work.ts";
import { exitCodes } from "./exit-codes.ts";
import { systemOfCall } from "./find.ts";
import { escaped, escapedMessage, safeTerminal } from "./safe-output.ts";
import { examples, makeCommand, type Session } from "./session.ts";
import { printLine, type Terminal } from "./terminal.ts";

const commands = [
  systemsCommand,
  reproduceCommand,
  trainCommand,
  sampleCommand,
  annealCommand,
  sweepCommand,
  orderCommand,
  detectCommand,
  plateausCommand,
  coefficientCommand,
  susceptibilityCommand,
  compareTheoryCommand,
  dissimilarityCommand,
  runCommand,
  resumeCommand,
  planCommand,
  workCommand,
  gatherCommand,
  runsCommand,
  showCommand,
  openCommand,
  labCommand,
  checkCommand,
  compareCommand,
  exportCommand,
  pruneCommand,
  theoryCommand,
  verifyCommand,
  diagnoseCommand,
  auditCommand,
  doctorCommand,
];

/**
 * Runs one call, given its words after `landau`, and returns its exit code: 0 done, 1 a claim fails or a vector differs,
 * 2 bad input, 70 a fault of the program, 130 cancelled. Never throws.
 */
export const main = async (words: readonly string[], given: Terminal): Promise<number> => {
  const terminal = safeTerminal(given);
  const call = `landau ${words.map(shellWord).join(" ")}`;
  try {
    const session: Session = { terminal, call, system: await systemOfCall(words), exitCode: 0 };
    const program = makeCommand(session, "landau", "A laboratory for phase transitions in learning.")
      .version(landauVersion(), "-V, --version", "show the version")
      .helpCommand("help [command]", "show the help of a command")
      .enablePositionalOptions()
      .addHelpText(
        "after",
        examples(
          "reproduce superposition --quick      train, measure, compare with theory, write a report",
          "theory superposition                 closed forms and their inputs",
          "train superposition --c 5 --seeds 8",
          "sample superposition --n 700         the posterior given data",
          "verify vectors.json                  compare with known answers",
        ),
      );
    for (const command of commands) program.addCommand(command(session));
    if (words.length === 0) program.outputHelp();
    else await program.parseAsync(words, { from: "user" });
    return session.exitCode;
  } catch (error) {
    return report(explained(error), terminal);
  }
};

const report = (error: unknown, { stderr, env }: Terminal): number => {
  // Commander has printed its own message; asking for help or the version arrives here too, with code 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.badInput;
  if (isLandauError(error)) {
    printLine(stderr, `landau: ${escapedMessage(error.message)}`);
    if (env.LANDAU_DEBUG) printLine(stderr, error.stack ?? "");
    if (error.kind === "cancelled") return exitCodes.cancelled;
    return error.kind === "engine" ? exitCodes.wrong : exitCodes.badInput;
  }
  const thrown = error instanceof Error ? error : new Error(String(error));
  printLine(stderr, `landau: a fault of the program, not of yours: ${escaped(thrown.message)}`);
  printLine(
    stderr,
    env.LANDAU_DEBUG ? (thrown.stack ?? "") : "Please report it; LANDAU_DEBUG=1 shows where it happened.",
  );
  return exitCodes.internal;
};
