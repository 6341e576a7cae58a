import { stepText } from "../report/number-text.ts";
import { isOfMean, leading, type Transition, type TransitionsFound } from "../transitions/detect/find-transitions.ts";
import {
  type SharedChanges,
  swingOf,
  type ThresholdCounts,
  type TrackRegions,
} from "../transitions/detect/more-looks.ts";
import type { TrackChange } from "../transitions/detect/track-fit.ts";
import { curveText } from "./curve-text.ts";
import { wrap } from "./text-table.ts";

export const digits = (value: number): string => String(Number(value.toPrecision(4)));

const span = ({ from, to }: { readonly from: number; readonly to: number }): string =>
  `${stepText(from)} to ${stepText(to)}`;

/** "level of test_accuracy +0.92 (0.90 to 0.94)" */
export const changeText = (change: TrackChange): string => {
  const { type, track, level, ratio, difference, begins, axis } = change;
  const size = type === "variance" ? ratio : type === "dependence" ? difference : level;
  const sign = type !== "variance" && size && size.estimate > 0 ? "+" : type === "variance" ? "times " : "";
  const amount = size ? ` ${sign}${digits(size.estimate)} (${digits(size.low)} to ${digits(size.high)})` : "";
  const noun = type === "variance" ? "noise of" : type === "dependence" ? "dependence of noise of" : `${type} of`;
  const place =
    begins.low === begins.high
      ? `begins at step ${stepText(begins.low)}`
      : `begins at step ${stepText(begins.low)} to ${stepText(begins.high)}`;
  return `${noun} ${track}${amount}, ${place}${axis === "log step" ? ", over log steps" : ""}`;
};

const yes = (table: { readonly [name: string]: boolean }): string[] =>
  Object.entries(table).flatMap(([name, holds]) => (holds ? [name] : []));

/** "robust: 3 of 4 detectors (law, mean, line); metrics value, log value; axes log step; thinnings 1 2 4 8" */
export const agreementText = ({ detectors, metrics, axes, thinnings, isRobust }: Transition["agreement"]): string => {
  const found = yes(detectors);
  const list = (names: readonly string[]): string => (names.length > 0 ? names.join(", ") : "none");
  return `${isRobust ? "robust" : "not robust"}: ${found.length} of ${Object.keys(detectors).length} detectors (${list(found)}); at least 3 of them for ${list(yes(metrics))}; along ${list(yes(axes))}; at thinning ${list(yes(thinnings))}`;
};

/** What was found in a run, as lines. */
export const transitionLines = (
  run: string,
  { transitions, fits, left }: TransitionsFound,
  width: number,
): string[] => {
  const robust = transitions.filter(({ agreement }) => agreement.isRobust);
  const others = transitions.filter(({ agreement }) => !agreement.isRobust);
  const count = robust.length === 1 ? "1 transition" : `${robust.length} transitions`;
  const lines = wrap(
    `${run}: ${robust.length > 0 ? count : "no transition found"}${others.length > 0 ? `, ${others.length === 1 ? "1 change" : `${others.length} changes`} that not all ways of looking show` : ""}`,
    width,
  );
  for (const transition of [...robust, ...others]) {
    const lead = leading(transition.changes);
    lines.push("", `steps ${span(transition)}`);
    const fit = fits.find(({ track, axis }) => track === lead.track && axis === lead.axis);
    if (fit && transition.agreement.isRobust)
      lines.push(...curveText(fit.view, [transition], Math.min(width, 76) - 2).map(text => `  ${text}`.trimEnd()));
    const say = (text: string): void => {
      const [head, ...rest] = wrap(text, width - 4);
      lines.push(`  ${head}`, ...rest.map(part => `    ${part}`));
    };
    say(changeText(lead));
    say(agreementText(transition.agreement));
    const also = [...new Set(transition.changes.filter(({ track }) => track !== lead.track).map(({ track }) => track))];
    if (also.length > 0) say(`also in ${also.join(", ")}`);
  }
  if (left.length > 0) lines.push("", ...wrap(`too few points (40 are needed): ${left.join(", ")}`, width));
  return lines;
};

/** Regions of each series that has any, and the names of those that have none. */
export const regionLines = (all: readonly TrackRegions[], width: number): string[] => {
  const none = all.filter(({ regions }) => regions.length === 0).map(({ track }) => track);
  const said = all.flatMap(({ track, level, regions }) =>
    regions.length > 0
      ? wrap(
          `${track}: a change in each of ${regions.map(({ low, high }) => `${stepText(low)} to ${stepText(high)}`).join(", ")} (level ${digits(100 * level)} % for all of them)`,
          width,
        )
      : [],
  );
  return ["", "regions, in steps", ...said, ...(none.length > 0 ? wrap(`no region in ${none.join(", ")}`, width) : [])];
};

/** Changes that series share, and the series that could not be looked at together. */
export const jointLines = ({ tracks, left, changes }: SharedChanges, width: number): string[] => [
  "",
  ...wrap(
    `${changes.length === 0 ? "no sudden change of level" : changes.length === 1 ? "1 sudden change of level" : `${changes.length} sudden changes of level`} in ${tracks.join(", ") || "no series"}, looked at together; a rise over many steps, or a bend, is none`,
    width,
  ),
  ...changes.flatMap(({ axis, at, levels }) =>
    wrap(
      `step ${stepText(at.estimate)} (${stepText(at.low)} to ${stepText(at.high)}): ${levels.map(({ track, level }) => `${track} ${level.estimate > 0 ? "+" : ""}${digits(level.estimate)}`).join(", ")}${axis === "log step" ? ", over log steps" : ""}`,
      width,
    ),
  ),
  ...(left.length > 0 ? wrap(`at other steps, or too few: ${left.join(", ")}`, width) : []),
];

/** What a detector with a threshold would say, and by which factor that swings. */
export const thresholdLines = (all: readonly ThresholdCounts[], width: number): string[] => [
  "",
  ...wrap(
    `changes that a threshold on the distance of neighbouring points would see, at ${all[0]?.counts.map(({ deviations }) => deviations).join(", ") ?? "no"} deviations`,
    width,
  ),
  ...all.flatMap(each => {
    const swing = swingOf(each);
    const words =
      swing === null
        ? "none at any"
        : swing === Infinity
          ? "none to some"
          : `they swing by a factor of ${digits(swing)}`;
    return wrap(`${each.track}: ${each.counts.map(({ changes }) => changes).join(", ")}; ${words}`, width);
  }),
];

/** Robust transitions of several runs, one line each. */
export const comparisonLines = (
  runs: readonly { readonly run: string; readonly found: TransitionsFound }[],
): string[][] =>
  runs.map(({ run, found }) => {
    const robust = found.transitions.filter(({ agreement }) => agreement.isRobust);
    return [
      run,
      robust.length === 0
        ? "no transition found"
        : robust
            .map(
              each =>
                `${span(each)} (${[...new Set(each.changes.filter(isOfMean).map(({ track }) => track))].join(", ") || leading(each.changes).track})`,
            )
            .join("; "),
    ];
  });
