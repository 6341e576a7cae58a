import type { Command } from "commander";
import { type EngineFlags, withEngineFlags } from "../engine-flags.ts";
import { type RunFlags, withRunFlags } from "../run-flags.ts";
import { examples, makeCommand, type Session } from "../session.ts";

export const runCommand = (session: Session): Command =>
  withEngineFlags(
    withRunFlags(
      makeCommand(session, "run", "run what a spec file asks for: TOML, JSON or YAML").argument(
        "<spec>",
        "a spec file",
      ),
    ),
  )
    .addHelpText("after", examples("run wider.toml", "run wider.yaml --workers 2 --runs /data/runs"))
    .action(async (path: string, flags: RunFlags & EngineFlags) => {
      const { runSpecFile } = await import("../run-and-report.ts");
      await runSpecFile(session, path, flags);
    });
