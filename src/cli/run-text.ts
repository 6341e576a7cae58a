import type { RunLine } from "../lab/node/run-list.ts";
import { timeText } from "./progress/bar.ts";

/** What came of a run, in a few words: "23 hold", "22 hold, 1 fails", "done" where there were no claims, or why it is not finished. */
export const resultText = ({ status, verdicts, error, standing }: RunLine): string => {
  if (standing !== undefined) return `${status === "running" ? status : "open"}, ${standing}`;
  if (status !== "finished" || !verdicts) return error === undefined ? status : `${status}: ${error}`;
  const { holds, fails, undecided } = verdicts;
  const parts = [
    ...(holds > 0 ? [`${holds} ${holds === 1 ? "holds" : "hold"}`] : []),
    ...(fails > 0 ? [`${fails} ${fails === 1 ? "fails" : "fail"}`] : []),
    ...(undecided > 0 ? [`${undecided} undecided`] : []),
  ];
  return parts.length === 0 ? "done" : parts.join(", ");
};

/** "12 s", or nothing for a run that is not finished. */
export const durationText = ({ seconds }: RunLine): string => (seconds === undefined ? "" : timeText(seconds));

const UNITS = ["B", "kB", "MB", "GB", "TB"];

/** "6.1 MB" */
export const sizeText = (bytes: number): string => {
  let [value, unit] = [bytes, 0];
  for (; value >= 999.5 && unit < UNITS.length - 1; unit++) value /= 1000;
  return `${value < 9.95 && unit > 0 ? value.toFixed(1) : value.toFixed(0)} ${UNITS[unit]}`;
};
