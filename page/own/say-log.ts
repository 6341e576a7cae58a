import type { LineChart, Point } from "../../src/charts/line-chart.ts";
import { colours } from "../../src/charts/theme.ts";
import { agreementText, changeText } from "../../src/cli/transition-text.ts";
import type { Series } from "../../src/logs/training/series.ts";
import { readTrainingLog } from "../../src/logs/training/training-log.ts";
import { findTransitions, leading } from "../../src/transitions/detect/find-transitions.ts";
import type { Said } from "../workers/file-messages.ts";

/** Quantities of a run that are looked at, as `landau detect` does, and points of a curve that are drawn. */
const [MOST_SERIES, MOST_POINTS] = [12, 400];
/** Points of a file that are held, so that a tab has room for one of any size. */
const MOST_HELD = 3_000_000;

/** The curves of logs as soon as they are read, then the transitions in them. */
export const sayLog = async (
  files: readonly File[],
  pieces: (file: File) => AsyncIterable<Uint8Array>,
  say: (said: Said) => void,
): Promise<void> => {
  for (const file of files) {
    const log = await readTrainingLog(pieces(file), { name: file.name, mostPoints: MOST_HELD });
    const runs = [...new Set(log.series.map(({ run }) => run))].map(run => ({
      run,
      series: log.series.filter(each => each.run === run),
    }));
    const points = log.series.reduce((sum, { step }) => sum + step.length, 0);
    say({
      title: `${file.name}: ${log.format}, ${runs.length === 1 ? "1 run" : `${runs.length} runs`}, ${log.series.length} series, ${points} points`,
      lines: log.notes,
      charts: runs.slice(0, 4).flatMap(({ series }) => series.slice(0, MOST_SERIES).map(curveOf)),
    });
    for (const { run, series } of runs) {
      const found = findTransitions(
        series.slice(0, MOST_SERIES).map(({ name, step, value }) => ({ name, step, value })),
      );
      const robust = found.transitions.filter(({ agreement }) => agreement.isRobust);
      say({
        title: `${run}: ${robust.length === 0 ? "no transition found" : robust.length === 1 ? "1 transition" : `${robust.length} transitions`}`,
        lines: found.transitions.flatMap(({ from, to, changes, agreement }) => [
          `Steps ${short(from)} to ${short(to)}: ${changeText(leading(changes))}; ${agreementText(agreement)}.`,
        ]),
        charts: [...new Set(robust.map(({ changes }) => leading(changes).track))].flatMap(name => {
          const own = series.find(each => each.name === name);
          const spans = robust.filter(({ changes }) => leading(changes).track === name);
          return own
            ? [
                {
                  ...curveOf(own),
                  places: spans.flatMap(({ from, to }) => [from, to].map(value => ({ label: short(value), value }))),
                },
              ]
            : [];
        }),
      });
    }
  }
};

const short = (value: number): string => String(Number(value.toPrecision(4)));

/** A curve by the means of neighbours, with their least and largest where there are many. */
const curveOf = ({ name, run, step, value }: Series): LineChart => {
  const per = Math.max(1, Math.ceil(step.length / MOST_POINTS));
  const points: Point[] = [];
  const ranges: (readonly [number, number])[] = [];
  for (let i = 0; i < step.length; i += per) {
    let [sum, count, low, high] = [0, 0, Infinity, -Infinity];
    for (let k = i; k < Math.min(step.length, i + per); k++) {
      if (!Number.isFinite(value[k])) continue;
      sum += value[k];
      count++;
      low = Math.min(low, value[k]);
      high = Math.max(high, value[k]);
    }
    if (count === 0) continue;
    points.push([step[Math.min(step.length - 1, i + (per >> 1))], sum / count]);
    ranges.push([low, high]);
  }
  return {
    title: `${name}, ${run}`,
    description: `${step.length} points${per > 1 ? `, means of ${per}, whiskers their least and largest` : ""}.`,
    x: { label: "step" },
    y: { label: name },
    curves: [{ points, colour: colours.blue }],
    scatters: per > 1 ? [{ points, ranges, colour: colours.sky, opacity: 0.01 }] : [],
  };
};
