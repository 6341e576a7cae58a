import { numberIn } from "../../formats/number-cell.ts";
import { textLines, utf8Text } from "../../formats/text-lines.ts";
import { growingFloats } from "./growing.ts";
import { leftOutLines } from "./left-out-lines.ts";
import type { RawSeries } from "./series.ts";

/** A metric of MLflow's file store: lines of "milliseconds value step"; the oldest have no step, and count. */
export const readMlflowMetric = (
  bytes: Uint8Array,
  { run, name, file }: { readonly run: string; readonly name: string; readonly file: string },
  notes: string[],
): RawSeries => {
  const [step, time, value] = [growingFloats(), growingFloats(), growingFloats()];
  const leftOut = leftOutLines(file, `not "milliseconds value step"`);
  const lines = textLines(file, false, (all, _, from, to, line, ended) => {
    const cells = utf8Text(all.subarray(from, to), file, line).trim().split(/\s+/);
    if (cells.length === 1 && cells[0] === "") return;
    const numbers = cells.map(numberIn);
    if (cells.length < 2 || cells.length > 3 || numbers.includes(undefined)) {
      leftOut.line(line, ended);
      return;
    }
    time.push(numbers[0]! / 1000);
    value.push(numbers[1]!);
    step.push(numbers[2] ?? step.length);
  });
  lines.push(bytes);
  lines.end();
  leftOut.end(value.length, notes);
  return { run, name, step: step.all(), time: time.all(), value: value.all() };
};
