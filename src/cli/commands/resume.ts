import type { Command } from "commander";
import { type EngineFlags, withEngineFlags } from "../engine-flags.ts";
import { type RunFlags, withRunFlags } from "../run-flags.ts";
import { examples, makeCommand, type Session } from "../session.ts";

export const resumeCommand = (session: Session): Command =>
  withEngineFlags(
    withRunFlags(
      makeCommand(session, "resume", "go on with a run that was interrupted; it ends with the same bits").argument(
        "<run>",
        'a run\'s name, its folder, or "last"',
      ),
    ),
  )
    .addHelpText("after", examples("resume last", "resume runs/superposition-quick-20261124-101500"))
    .action(async (run: string, flags: RunFlags & EngineFlags) => {
      const { resumeAndReport } = await import("../run-and-report.ts");
      await resumeAndReport(session, run, flags);
    });
