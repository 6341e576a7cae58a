import { axisRule, fittingTicks, leftTicks } from "../../src/charts/axes.ts";
import { bandsOf } from "../../src/charts/bands.ts";
import { headerOf } from "../../src/charts/header.ts";
import { domainOf, scaleOf } from "../../src/charts/scale.ts";
import { element, type SvgElement } from "../../src/charts/svg.ts";
import { textAt } from "../../src/charts/text.ts";
import { picture, series } from "../../src/charts/theme.ts";
import type { Frame } from "../frame.ts";
import type { Picture } from "../picture.ts";

/** Lists of numbers that the learner observed. */
export const arraysSeen = ({ seen }: Frame): readonly (readonly [name: string, values: readonly number[]])[] =>
  Object.entries(seen).flatMap(([name, value]) =>
    Array.isArray(value) && value.length > 0 && value.every(entry => typeof entry === "number")
      ? [[name, value as readonly number[]] as const]
      : [],
  );

/** Each list as bars, to one scale. */
export const arrayBars = (frame: Frame): Picture => {
  const arrays = arraysSeen(frame);
  return {
    name: "state",
    title: arrays.map(([name]) => name).join(" and "),
    height: 260,
    draw({ width, height }) {
      const all = arrays.flatMap(([, values]) => values);
      const header = headerOf(
        "",
        arrays.map(([text], i) => ({ sample: "bar" as const, text, colour: series[i] })),
        width,
      );
      const frameOf = { left: 44, right: width - 12, top: header.height + 10, bottom: height - 24 };
      const axis = { label: "" };
      const y = scaleOf(axis, domainOf(axis, [0, ...all]), [frameOf.bottom, frameOf.top]);
      const most = Math.max(...arrays.map(([, values]) => values.length));
      const bands = bandsOf(most, [frameOf.left, frameOf.right], 0.25);
      const wide = bands.width / arrays.length;
      const bars = arrays.flatMap(([, values], k) =>
        values.map((value, i): SvgElement => {
          const [a, b] = [y.at(0), y.at(value)];
          return element("rect", {
            ...{
              x: bands.start(i) + k * wide,
              y: Math.min(a, b),
              width: Math.max(1, wide - 1),
              height: Math.abs(a - b),
            },
            fill: series[k],
          });
        }),
      );
      const numbers = Array.from({ length: most }, (_, i) =>
        textAt(bands.centre(i), frameOf.bottom + 12, String(i + 1)),
      );
      return picture(
        {
          title: arrays.map(([name]) => name).join(" and "),
          description: arrays
            .map(([name, values]) => `${name}: ${values.map(value => value.toPrecision(3)).join(", ")}`)
            .join("; "),
        },
        { width, height },
        [
          ...header.elements,
          axisRule([
            [frameOf.left, frameOf.top],
            [frameOf.left, frameOf.bottom],
            [frameOf.right, frameOf.bottom],
          ]),
          leftTicks(fittingTicks(y, "left"), y, frameOf),
          ...bars,
          ...numbers,
        ],
      );
    },
    table: () => ({
      columns: ["index", ...arrays.map(([name]) => name)],
      rows: Array.from({ length: Math.max(...arrays.map(([, values]) => values.length)) }, (_, i) => [
        i + 1,
        ...arrays.map(([, values]) => values[i] ?? ""),
      ]),
    }),
  };
};
