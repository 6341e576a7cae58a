import { type HeatMap, heatMap } from "../charts/heat-map.ts";
import type { ResponseMatrix } from "../coefficient/response/index.ts";
import { writeWhole } from "../lab/node/files.ts";
import { framed } from "./frame.ts";
import { html } from "./markup.ts";
import { drawnTwice, picturesMarkup } from "./pictures.ts";
import { cellsInWords } from "./response-cells.ts";

interface Heading {
  readonly title: string;
  /** What the cells are, in a sentence. */
  readonly about: string;
  /** What a row and a column are. */
  readonly axes: readonly [string, string];
  readonly call: string;
  readonly path: string;
}

const SIZE = { width: 760, height: 420 };
/** Cells that a table still shows. */
const MOST_CELLS = 2000;

/** The matrix as colours, rows from the bottom, numbered in the order of the table. */
export const responseChart = ({ rows, columns, cells }: ResponseMatrix, { title, about, axes }: Heading): HeatMap => {
  const { unit, units } = cellsInWords(cells);
  return {
    title,
    description: `${about} Rows and columns are numbered in the order of the table below, from 1.`,
    x: { label: axes[1], values: columns.map((_, i) => i + 1), whole: true },
    y: { label: axes[0], values: rows.map((_, i) => i + 1), whole: true },
    cells: cells.flatMap((line, row) => line.map(({ value }, column) => ({ row, column, value: value / unit }))),
    value: units ? `response ${units}` : "response",
  };
};

/** Writes one HTML file, whole in itself: the matrix drawn and, with errors, as a table. */
export const writeResponseReport = async (matrix: ResponseMatrix, heading: Heading): Promise<void> => {
  const { rows, columns, cells, health } = matrix;
  const chart = responseChart(matrix, heading);
  const { units, texts } = cellsInWords(cells);
  const table =
    rows.length * columns.length <= MOST_CELLS
      ? html`<h2>Numbers${units && `, ${units}`}</h2><div class="scroll" tabindex="0" role="region" aria-label="Numbers"><table><thead><tr><th></th>${columns.map(name => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>
${texts.map(
  (line, row) => html`<tr><th scope="row">${rows[row]}</th>${line.map(text => html`<td>${text}</td>`)}</tr>
`,
)}</tbody></table></div>`
      : html`<p>The numbers are in the output of the command with <code>--json</code>.</p>`;
  const page = framed({
    title: heading.title,
    body: html`<header><h1>${heading.title}</h1></header>
<main><p class="lead">${heading.about}</p>
<figure><h3>${chart.title}</h3>
${picturesMarkup(drawnTwice(surface => heatMap(chart, surface), SIZE))}
<figcaption>${chart.description}</figcaption></figure>
${table}
<h2>Health</h2><p>${health.text}</p>
<h2>How to remake it</h2><pre><code>${heading.call}</code></pre></main>`,
  });
  const { path } = heading;
  writeWhole(path, page);
};
