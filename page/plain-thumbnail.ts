import { lineChart, type Point } from "../src/charts/line-chart.ts";
import type { Drawing } from "../src/charts/svg.ts";
import { series } from "../src/charts/theme.ts";
import { readFields } from "../src/contracts/field.ts";
import type { System } from "../src/contracts/system.ts";
import { alike, numbersOf } from "./numbers-of.ts";
import { formOf } from "./words.ts";

const SIZE = { width: 300, height: 170 };
const POINTS = 60;

/** The closed form with which a system without a learner opens, over its input; counts of what there is where none is named. */
export const plainThumbnail = (system: System): Drawing => {
  const form = formOf(system.name);
  const entry = form && system.theory[form.name];
  const lines = new Map<string, Point[]>();
  if (form && entry)
    for (let i = 0; i < POINTS; i++) {
      const share = i / (POINTS - 1);
      const value = form.isLog ? form.from * (form.to / form.from) ** share : form.from + (form.to - form.from) * share;
      const at = entry.inputs[form.along].kind === "integer" ? Math.round(value) : value;
      const answer = entry.evaluate(readFields(entry.inputs, { [form.along]: at }) as never);
      for (const [name, number] of numbersOf(form.name, answer))
        lines.set(name, [...(lines.get(name) ?? []), [at, number]]);
    }
  const has = `${Object.keys(system.theory).length} closed forms, ${system.claims.length} claims`;
  return lineChart(
    {
      title: system.title,
      description: has,
      x: { label: form ? form.along : has, ...(form?.isLog && { scale: "log" as const }) },
      y: { label: form?.name ?? "" },
      curves: alike([...lines], form?.quantities).map(([, points], i) => ({ points, colour: series[i] })),
    },
    SIZE,
  );
};
