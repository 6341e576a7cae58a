import type { Command } from "commander";
import { isLink } from "../../lab/link.ts";
import { type EngineFlags, withEngineFlags } from "../engine-flags.ts";
import { type RunFlags, withRunFlags } from "../run-flags.ts";
import { examples, makeCommand, type Session } from "../session.ts";

export const runCommand = (session: Session): Command =>
  withEngineFlags(
    withRunFlags(
      makeCommand(session, "run", "run what a spec file or a link of the lab asks for").argument(
        "<spec>",
        "a spec file, TOML, JSON or YAML; or a link of the browser lab, such as #/deep-linear/live?seed=3",
      ),
    ),
  )
    .addHelpText(
      "after",
      examples("run wider.toml", "run wider.yaml --workers 2 --runs /data/runs", "run '#/deep-linear/live?seed=3'"),
    )
    .action(async (path: string, flags: RunFlags & EngineFlags) => {
      const { runLink, runSpecFile } = await import("../run-and-report.ts");
      await (isLink(path) ? runLink : runSpecFile)(session, path, flags);
    });
