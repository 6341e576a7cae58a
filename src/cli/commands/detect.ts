import { type Command, Option } from "commander";
import { formats } from "../../logs/training/sniff.ts";
import type { TransitionsFound } from "../../transitions/detect/find-transitions.ts";
import { type LogFlags, readRuns } from "../log-runs.ts";
import { showWork } from "../progress/work-progress.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { printJson, printLine } from "../terminal.ts";
import { textTable, wrap } from "../text-table.ts";
import { comparisonLines, jointLines, regionLines, thresholdLines, transitionLines } from "../transition-text.ts";

interface DetectFlags extends LogFlags {
  readonly report?: string;
  readonly regions?: true;
  readonly joint?: true;
  readonly thresholds?: true;
  readonly json?: true;
}

const WIDTH = 80;

export const detectCommand = (session: Session): Command =>
  makeCommand(session, "detect", "find transitions in training logs, and say whether they are real")
    .argument("<log...>", "training logs of any known format, or folders of them")
    .option("--series <name...>", "only these series")
    .addOption(
      new Option("--format <format>", "format of the logs, told by their bytes when absent").choices([...formats]),
    )
    .option("--axis <column>", "the column that counts steps")
    .option("--regions", "also stretches in each of which a series changes, with one level of 5 % for all of a series")
    .option("--joint", "also sudden changes of level that the series of a run share, found together")
    .option("--thresholds", "also how many changes a detector with a threshold would see, and how that swings with it")
    .option("--report <file>", "write an HTML report with pictures")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nA transition is a change of level, slope or noise that no smooth law (a line, a power law, an exponential and sums of\n" +
        "them) with AR(1) noise explains. It is robust when at least 3 of 4 detectors and 2 metrics show it. There is nothing to\n" +
        "set. Exits with 0 whether or not there is one.",
    )
    .addHelpText(
      "after",
      examples(
        "detect metrics.csv",
        "detect metrics.csv --series test_accuracy train_loss --report transitions.html",
        "detect run-a.jsonl run-b.jsonl --json",
        "detect logs/",
        "detect metrics.csv --series loss accuracy --regions --joint",
      ),
    )
    .action(async (paths: string[], flags: DetectFlags) => {
      const { terminal } = session;
      const { findTransitions, regionsOf, sharedChangesOf, thresholdCountsOf } = await import(
        "../../transitions/detect/index.ts"
      );
      const { runs, format, notes } = await readRuns(terminal, paths, flags);
      const shown = showWork(terminal, { what: "looking at", unit: "runs", total: runs.length });
      const found = runs.map(({ run, series }, i) => {
        shown.update(i);
        const tracks = series.map(each => ({ name: each.name, step: each.step, value: each.value }));
        return {
          run,
          series,
          found: findTransitions(tracks),
          regions: flags.regions ? regionsOf(tracks) : null,
          joint: flags.joint ? sharedChangesOf(tracks) : null,
          thresholds: flags.thresholds ? thresholdCountsOf(tracks) : null,
        };
      });
      shown.stop();
      if (flags.report !== undefined) {
        const { writeTransitionsReport } = await import("../../report/transitions.ts");
        await writeTransitionsReport(found, { title: paths.join(", "), call: session.call, path: flags.report, notes });
      }
      if (flags.json) {
        printJson(terminal, {
          format,
          notes,
          runs: found.map(({ run, found, regions, joint, thresholds }) => ({
            run,
            ...plain(found),
            ...(regions && { regions }),
            ...(joint && { joint }),
            ...(thresholds && { thresholds }),
          })),
        });
        return;
      }
      const line = (text = ""): void => printLine(terminal.stdout, text);
      if (found.length > 1) {
        for (const text of textTable(comparisonLines(found), { width: WIDTH })) line(text);
        line();
      }
      for (const [i, { run, found: own, regions, joint, thresholds }] of found.entries()) {
        if (i > 0) line();
        for (const text of transitionLines(run, own, WIDTH)) line(text);
        if (regions) for (const text of regionLines(regions, WIDTH)) line(text);
        if (joint) for (const text of jointLines(joint, WIDTH)) line(text);
        if (thresholds) for (const text of thresholdLines(thresholds, WIDTH)) line(text);
      }
      if (notes.length > 0) line();
      for (const note of notes) for (const text of wrap(`note: ${note}`, WIDTH)) line(text);
      if (flags.report !== undefined) line(`\nreport: ${flags.report}`);
    });

/** Without the curves, which the log has. */
const plain = ({ transitions, fits, left }: TransitionsFound) => ({
  transitions,
  fits: fits.map(({ track, axis, view, found: { changes, law, noise, evidence, health } }) => ({
    track,
    axis,
    points: view.values.length,
    law,
    noise,
    evidence,
    health,
    changes: changes.length,
  })),
  left,
});
