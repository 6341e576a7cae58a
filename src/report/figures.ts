import { type Figure, isAvailable, type Table } from "../charts/exhibits.ts";
import type { RunView } from "../contracts/run-view.ts";
import { scrollingTable } from "./frame.ts";
import { withMath } from "./inline-math.ts";
import { html, type Markup, trusted } from "./markup.ts";
import { drawnTwice, type Pictures, picturesMarkup } from "./pictures.ts";

export interface DrawnFigure {
  readonly figure: Figure;
  readonly caption: string;
  readonly pictures: Pictures;
}

/** Draws the figures for which the run has records. */
export const drawFigures = (figures: readonly Figure[], run: RunView): DrawnFigure[] =>
  figures
    .filter(figure => isAvailable(figure, run))
    .map(figure => ({
      figure,
      caption: figure.caption(run),
      pictures: drawnTwice(surface => figure.draw(run, surface), figure),
    }));

/** The first figure that shows measured data: systems list their figures by what tells most. */
export const bestOf = (figures: readonly DrawnFigure[]): DrawnFigure | undefined =>
  figures.find(({ figure }) => figure.needs.length > 0) ?? figures[0];

/** Files are named, not linked: a page that is mailed has none beside it. */
export const figureMarkup = ({ figure: { name, title }, caption, pictures }: DrawnFigure, number?: number): Markup =>
  html`<figure id="figure-${name}">
<h3>${number !== undefined && `Figure ${number}. `}${withMath(title)}</h3>
${picturesMarkup(pictures)}
<figcaption>${withMath(caption)} <span class="files">Files of the run: <code>figures/${name}.svg</code>, <code>.png</code>.</span></figcaption>
</figure>
`;

export const tableMarkup = (table: Table, run: RunView): Markup =>
  html`<h3 id="table-${table.name}">${withMath(table.title)}</h3>
<p>${withMath(table.caption(run))}</p>
${scrollingTable(
  table.title,
  table.columns.length,
  html`<table class="data">
<thead><tr>${table.columns.map(({ label, numeric }) => html`<th scope="col"${numeric && trusted(' class="number"')}>${label}</th>`)}</tr></thead>
<tbody>
${table.rows(run).map(
  row => html`<tr>${row.map((cell, column) => {
    const kind = table.columns[column]?.numeric && trusted(' class="number"');
    return column === 0 ? html`<th scope="row"${kind}>${cell}</th>` : html`<td${kind}>${cell}</td>`;
  })}</tr>
`,
)}</tbody>
</table>`,
)}
`;
