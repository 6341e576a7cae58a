import type { TaskAudit } from "../../transitions/emergence/audit-task.ts";
import { foreseenSince } from "../../transitions/emergence/foreseen.ts";
import { type Axis, axes } from "../../transitions/emergence/robustness.ts";
import { textTable, wrap } from "../text-table.ts";
import { textChart } from "./text-chart.ts";

export const auditDigits = (value: number): string => String(Number(value.toPrecision(3)));

/** "40 to 2.05e+4" */
export const scaleText = (value: number): string =>
  value >= 1e6
    ? value
        .toExponential(2)
        .replace("e+", "e")
        .replace(/\.?0+e/, "e")
    : String(Number(value.toPrecision(6)));

/** What the audit of a task says, in lines of at most `width` columns, without the verdict. */
export const taskLines = (audit: TaskAudit, width: number): readonly string[] => {
  const { reasons, robustness, tooFewItems, moved, grade, signs } = audit;
  return [
    ...chartLines(audit, width),
    "",
    ...reasons.flatMap(reason => bullet(reason, width)),
    ...foreseenLines(audit, width),
    "",
    ...metricLines(audit, width),
    "",
    ...sameLines(robustness, width),
    ...(tooFewItems.length > 0
      ? wrap(
          `too few items to show a success at scale ${tooFewItems.map(({ scale, needed }) => `${scaleText(scale)} (needs ${scaleText(needed)})`).join(", ")}: a measured 0 says nothing there`,
          width,
        )
      : []),
    ...(grade && signs
      ? wrap(
          `beyond the jump: ${grade}; of five signs of emergence ${Object.values(signs).filter(Boolean).length} seen, ${Object.values(signs).filter(sign => sign === null).length} not in the table (${Object.entries(
            signs,
          )
            .filter(([, sign]) => sign === null)
            .map(([name]) => name)
            .join(", ")})`,
          width,
        )
      : []),
    ...(moved > 0
      ? wrap(`note: ${moved} scores of 0 or 1 moved in by half an item, as logarithms end there`, width)
      : []),
  ];
};

const bullet = (text: string, width: number): readonly string[] =>
  wrap(text, width - 2).map((line, i) => `${i === 0 ? "- " : "  "}${line}`);

const chartLines = ({ scale, exact, p }: TaskAudit, width: number): readonly string[] => {
  const x = scale.map(N => Math.log10(N));
  const series = [...(p ? [{ mark: "+", x, y: p }] : []), ...(exact ? [{ mark: "o", x, y: exact }] : [])];
  const chart = textChart(series, { width, height: 8, xLabel: "log10 scale" });
  const key = [exact && "o exact match", p && "+ accuracy per token", exact && p && "* both"]
    .filter(Boolean)
    .join("   ");
  return chart ? [...chart.lines, `  ${key}${chart.note ? ` (${chart.note})` : ""}`] : [];
};

const foreseenLines = ({ foreseen, exact, length, p, scale }: TaskAudit, width: number): readonly string[] => {
  const what = exact && (length !== null || !p) ? "exact match" : "accuracy per token";
  const by = p ? "loss per token" : "exact match itself";
  const half = foreseen.find(({ m }) => m === Math.floor(scale.length / 2)) ?? foreseen[0];
  const first = foreseenSince(foreseen);
  const { m, mean, low, high, seen, inside } = half;
  return bullet(
    `the ${m} smallest models foretell, by ${by}, ${what} of ${auditDigits(mean)} (95 %: ${auditDigits(low)} to ${auditDigits(high)}) for the largest, where ${auditDigits(seen)} was seen: ${inside ? "foreseen" : "missed"}` +
      (first === null
        ? "; no narrow interval from more models held it"
        : first.m > m
          ? `; held from the ${first.m} smallest on, up to scale ${scaleText(first.upTo)}`
          : ""),
    width,
  );
};

const metricLines = ({ robustness: { metrics } }: TaskAudit, width: number): readonly string[] => {
  const names = Object.keys(axes) as Axis[];
  const rows = metrics.map(({ metric, form, jump, deltaJump, foreseen }) => [
    form === "as it is" ? metric : `${form} of ${metric}`,
    ...names.map(axis => `${jump[axis] ? "jump" : "no"} ${deltaJump[axis].toFixed(1)}`),
    foreseen ? "yes" : "no",
  ]);
  return textTable(rows, { width, header: ["jump? (Delta BIC) over", ...names, "foreseen"] });
};

const sameLines = ({ leftOut, thinned, same, metrics }: TaskAudit["robustness"], width: number): readonly string[] => {
  const jumps = metrics.filter(({ jump }) => jump["ln scale"]).length;
  const others = [...leftOut, ...thinned];
  const counted = others.length;
  const text =
    same === null
      ? "robust? too few scales to leave any out"
      : `robust? the same verdict in ${Math.round(same * counted)} of ${counted} other looks: without one scale (${leftOut.length})${thinned.length > 0 ? ", every second scale (2)" : ""}`;
  return wrap(`${text}; a jump over ln scale in ${jumps} of ${metrics.length} metrics`, width);
};
