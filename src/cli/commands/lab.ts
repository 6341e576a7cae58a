import type { Command } from "commander";
import { LandauError } from "../../errors.ts";
import { isLink } from "../../lab/link.ts";
import { wholeNumber } from "../option-values.ts";
import { withRuns } from "../run-flags.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { printLine } from "../terminal.ts";

interface LabFlags {
  readonly port: number;
  readonly runs: string;
  readonly open: boolean;
}

export const labCommand = (session: Session): Command =>
  withRuns(makeCommand(session, "lab", "serve the browser lab on this machine, and the reports of local runs"))
    .argument("[link]", "a link of the lab to open, such as #/deep-linear/live?seed=3")
    .option(
      "--port <number>",
      "port on the loopback interface; 0 for a free one",
      wholeNumber("port", { max: 65535 }),
      0,
    )
    .option("--no-open", "do not open a browser")
    .addHelpText(
      "after",
      "\nThe page computes in the browser: nothing leaves this machine, and other machines cannot reach it. Ctrl-C ends it.",
    )
    .addHelpText("after", examples("lab", "lab --port 8765 --no-open", "lab '#/superposition/live?seed=2'"))
    .action(async (link: string | undefined, { port, runs, open }: LabFlags) => {
      const { terminal } = session;
      if (link !== undefined && !isLink(link))
        throw new LandauError(
          "input",
          `${JSON.stringify(link)} is no link of the lab: needs one such as #/deep-linear/live?seed=3`,
        );
      const [{ serveLab }, { opener, visit }] = await Promise.all([
        import("../lab-server.ts"),
        import("../browser.ts"),
      ]);
      const served = await serveLab({ port, runs });
      const address = `${served.origin}${link?.slice(link.indexOf("#")) ?? ""}`;
      printLine(terminal.stdout, address);
      printLine(terminal.stderr, `runs in ${runs}: ${served.origin}runs/ ; Ctrl-C ends the lab`);
      const program = open && terminal.stdout.isTTY ? opener(process.platform, terminal.env) : undefined;
      if (program && !(await visit(program, address)))
        printLine(terminal.stderr, "no browser to open it with here: open the address by hand");
      await interrupted(terminal.signal);
      await served.close();
    });

/** Ctrl-C is how one ends it: no error. */
const interrupted = (signal: AbortSignal): Promise<void> =>
  new Promise(done => {
    if (signal.aborted) done();
    signal.addEventListener("abort", () => done(), { once: true });
  });
