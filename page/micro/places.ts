import { type Curve, lineChart, type Point } from "../../src/charts/line-chart.ts";
import { colours } from "../../src/charts/theme.ts";
import type { Frame } from "../frame.ts";
import type { Picture } from "../picture.ts";

interface Places {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly points: readonly Point[];
  readonly curves?: readonly Curve[];
  readonly key?: string;
}

const placesPicture = ({ title, x, y, points, curves = [], key }: Places): Picture => ({
  name: "state",
  title,
  height: 280,
  draw: surface =>
    lineChart(
      {
        title,
        description: `${points.length} points${key ? `; broken line: ${key}` : ""}.`,
        x: { label: x },
        y: { label: y },
        curves,
        scatters: [{ points, colour: colours.blue, opacity: points.length > 50 ? 0.6 : 1 }],
        key: key ? [{ sample: "dashed", text: key, colour: colours.vermillion }] : [],
      },
      surface,
    ),
  table: () => ({ columns: [x, y], rows: points.map(([a, b]) => [a, b]) }),
});

/** Walkers in the plane of their two weights, with the curve on which the loss is least. */
export const walkersPicture = ({ w, at }: Frame): Picture => {
  const points = Array.from({ length: w.length / 2 }, (_, i): Point => [w[2 * i], w[2 * i + 1]]);
  const far = w.reduce((most, value) => Math.max(most, Math.abs(value)), 0.5) * 1.05;
  const k = Number(at.k);
  const branch = (sign: number): Point[] =>
    Array.from({ length: 60 }, (_, i): Point => {
      const u = sign * (Math.abs(k) / far + ((far - Math.abs(k) / far) * i) / 59);
      return [u, k / u];
    }).filter(([, v]) => Math.abs(v) <= far);
  const curves = [1, -1].flatMap((sign): Curve[] => {
    const line = k === 0 ? [] : branch(sign);
    return line.length > 1 ? [{ points: line, colour: colours.vermillion, dashed: true }] : [];
  });
  return placesPicture({ title: "Walkers", x: "u", y: "w", points, curves, key: "u w = k" });
};

/** Each network at its parameter. */
export const networksPicture = ({ w }: Frame): Picture =>
  placesPicture({
    title: "Networks",
    x: "network",
    y: "parameter m",
    points: Array.from(w, (m, i): Point => [i + 1, m]),
  });

/** Two weights in their plane, with the circle of states as far from zero; nothing where there are more. */
export const planePicture = ({ w }: Frame): Picture | undefined => {
  if (w.length !== 2) return undefined;
  const length = Math.sqrt(w[0] * w[0] + w[1] * w[1]);
  const circle = Array.from(
    { length: 61 },
    (_, i): Point => [length * Math.cos((i * Math.PI) / 30), length * Math.sin((i * Math.PI) / 30)],
  );
  const far = 1.5;
  const corners: Curve = {
    points: [
      [-far, 0],
      [far, 0],
    ],
    colour: colours.grey,
    opacity: 0.4,
  };
  const upright: Curve = {
    points: [
      [0, -far],
      [0, far],
    ],
    colour: colours.grey,
    opacity: 0.4,
  };
  return placesPicture({
    ...{ title: "The two weights", x: "first weight", y: "second weight", points: [[w[0], w[1]]] },
    curves: [corners, upright, { points: circle, colour: colours.grey, opacity: 0.4, dashed: true }],
  });
};
