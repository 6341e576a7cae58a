import { columnPolygons } from "../../src/charts/column-polygons.ts";
import { colours } from "../../src/charts/theme.ts";
import type { Frame } from "../frame.ts";
import type { Picture } from "../picture.ts";
import { weightsPicture } from "./weights.ts";

/** A column answers when it is longer than 1/2 and its own output stays above 0.1, as the learner has it. */
const [LONG, ANSWERS] = [0.25, 0.1];

/** Columns of W as a polygon in the plane, with the biases; weights where the hidden space is no plane. */
export const columnsPicture = (frame: Frame): Picture => {
  const [W, b] = frame.parameters;
  if (W?.shape[0] !== 2) return weightsPicture(frame);
  const c = W.shape[1];
  const columns = Array.from({ length: c }, (_, i): readonly [number, number] => [frame.w[i], frame.w[c + i]]);
  const bias = [...frame.w.subarray(b.offset, b.offset + c)];
  const live = columns.map(([x, y], i) => x * x + y * y > LONG && x * x + y * y + bias[i] > ANSWERS);
  return {
    name: "state",
    title: "Columns of W",
    height: 330,
    draw: surface =>
      columnPolygons(
        {
          title: "Columns of W",
          description: `${live.filter(Boolean).length} of ${c} features are represented.`,
          rows: [
            {
              panels: [
                {
                  title: `phase ${frame.label || "between levels"}`,
                  lines: [`step ${frame.step}`],
                  columns,
                  bias,
                  live,
                  colour: colours.blue,
                },
              ],
            },
          ],
        },
        surface,
      ),
    table: () => ({
      columns: ["feature", "W1", "W2", "b", "live"],
      rows: columns.map(([x, y], i) => [i + 1, x, y, bias[i], String(live[i])]),
    }),
  };
};
