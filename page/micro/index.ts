import { lineChart } from "../../src/charts/line-chart.ts";
import { colours } from "../../src/charts/theme.ts";
import { type Frame, rayAt } from "../frame.ts";
import type { Picture } from "../picture.ts";
import { arrayBars, arraysSeen } from "./bars.ts";
import { columnsPicture } from "./columns.ts";
import { embeddingPicture } from "./embedding.ts";
import { networksPicture, planePicture, walkersPicture } from "./places.ts";
import { weightsPicture } from "./weights.ts";

/** Views of the state that only one system has; all others show what the state holds: numbers as bars, or weights. */
const special: { readonly [system: string]: (frame: Frame) => Picture | undefined } = {
  superposition: columnsPicture,
  embedding: embeddingPicture,
  relations: embeddingPicture,
  "law-of-balance": walkersPicture,
  "collective-learning": networksPicture,
  "mirror-symmetry": planePicture,
};

/** The state of a run at a look, as a picture. */
export const statePicture = (system: string, frame: Frame): Picture => {
  const own = Object.hasOwn(special, system) ? special[system](frame) : undefined;
  if (own) return own;
  return arraysSeen(frame).length > 0 ? arrayBars(frame) : weightsPicture(frame);
};

/** The loss on the line from zero through the state, with the state as a ball. */
export const potentialPicture = ({ ray, loss }: Frame): Picture => {
  const points = rayAt.flatMap((at, i): (readonly [number, number])[] =>
    Number.isFinite(ray[i]) ? [[at, ray[i]]] : [],
  );
  // A far wall would flatten the wells.
  const near = points.filter(([at]) => at >= -0.2 && at <= 1.4).map(([, value]) => value);
  const top = Math.max(...near);
  const low = Math.min(...near);
  const shown = points.filter(([, value]) => value <= top + 0.3 * (top - low || 1));
  return {
    name: "potential",
    title: "The loss on the line through the state",
    height: 200,
    draw: surface =>
      lineChart(
        {
          title: "The loss on the line from zero through the state",
          description: "The state is the ring at 1; zero is where all parameters vanish.",
          x: { label: "multiple of the state" },
          y: { label: "loss" },
          curves: [{ points: shown, colour: colours.grey }],
          scatters: Number.isFinite(loss) ? [{ points: [[1, loss]], colour: colours.vermillion, ranges: [] }] : [],
        },
        surface,
      ),
    table: () => ({ columns: ["multiple", "loss"], rows: points.map(([a, b]) => [a, b]) }),
  };
};
