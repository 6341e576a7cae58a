import type { Figure } from "../charts/exhibits.ts";
import { type LineChart, lineChart } from "../charts/line-chart.ts";
import { lineCharts } from "../charts/line-charts.ts";
import type { RunView } from "../contracts/run-view.ts";

type Heading = Partial<Pick<Figure, "width" | "height" | "needs">> & Pick<Figure, "name" | "title" | "caption">;

/** A chart of which the figure's title is the accessible name unless it has its own. */
type Chart = Omit<LineChart, "title"> & { readonly title?: string };

/** A figure that is one chart of lines and points. */
export const chartFigure = ({ chart, ...heading }: Heading & { chart(run: RunView): Chart }): Figure => ({
  width: 760,
  height: 420,
  needs: [],
  ...heading,
  draw: (run, surface) => lineChart({ title: heading.title, ...chart(run) }, surface),
});

/** A figure of several charts one below the other, each with its share of the height. */
export const chartsFigure = ({
  charts,
  description,
  ...heading
}: Heading & {
  readonly description: string | ((run: RunView) => string);
  charts(run: RunView): readonly (LineChart & { readonly share?: number })[];
}): Figure => ({
  width: 760,
  height: 840,
  needs: [],
  ...heading,
  draw(run, surface) {
    const text = typeof description === "string" ? description : description(run);
    return lineCharts({ title: heading.title, description: text }, charts(run), surface);
  },
});
