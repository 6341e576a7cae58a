import { numberText } from "../report/number-text.ts";
import type { Along } from "./along.ts";
import { conditionColours } from "./health-text.ts";
import { coloursOf, printLine, type Terminal, widthOf } from "./terminal.ts";
import { textTable, wrap } from "./text-table.ts";

/** Complaints that are printed. */
const MOST = 12;

/** The coefficients along training as a table, with what is to be said against single ones below it. */
export const printAlong = (terminal: Terminal, { nBeta, gamma, points }: Along, report: string | undefined): void => {
  const { stdout } = terminal;
  const width = widthOf(stdout);
  const colour = coloursOf(terminal);
  for (const line of wrap(
    `nBeta <K> with its 95 % interval, at nBeta ${numberText(nBeta)} and gamma ${numberText(gamma)} for all checkpoints`,
    width,
  ))
    printLine(stdout, line);
  printLine(stdout);
  const names = Object.keys(points[0].outputs);
  const rows = points.map(({ step, loss, outputs, lambda, standardError, interval, outcome }) => [
    String(step),
    numberText(loss),
    ...names.map(name => numberText(outputs[name])),
    lambda === null ? "none" : numberText(lambda, standardError ?? undefined),
    interval === null ? "" : interval.map(end => numberText(end, standardError ?? undefined)).join(" to "),
    outcome,
  ]);
  const conditions = conditionColours(colour);
  const last = 4 + names.length;
  const paint = (cell: string, line: number, column: number) =>
    column !== last || line < 0 ? cell : conditions[points[line].outcome as keyof typeof conditions](cell);
  for (const line of textTable(rows, { width, header: ["step", "loss", ...names, "lambda", "95 %", "health"], paint }))
    printLine(stdout, line);
  const wrong = points.filter(({ outcome }) => outcome !== "good");
  if (wrong.length > 0) printLine(stdout);
  for (const { step, text } of wrong.slice(0, MOST))
    for (const line of wrap(`step ${step}: ${text.replaceAll("\n", "; ")}`, width)) printLine(stdout, line);
  if (wrong.length > MOST) printLine(stdout, `and ${wrong.length - MOST} more, which --json shows`);
  if (report !== undefined) printLine(stdout, `report: ${report}`);
};
