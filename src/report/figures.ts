import { type Figure, isAvailable, type Table } from "../charts/exhibits.ts";
import type { RunView } from "../contracts/run-view.ts";
import { html, type Markup, trusted } from "./markup.ts";

export interface DrawnFigure {
  readonly figure: Figure;
  readonly caption: string;
  readonly svg: string;
}

/** Draws the figures for which the run has records. */
export const drawFigures = (figures: readonly Figure[], run: RunView, document: Document): DrawnFigure[] => {
  const serializer = new document.defaultView!.XMLSerializer();
  return figures
    .filter(figure => isAvailable(figure, run))
    .map(figure => ({
      figure,
      caption: figure.caption(run),
      svg: serializer.serializeToString(figure.draw(run, { document, width: figure.width, height: figure.height })),
    }));
};

export const figureSection = (figures: readonly DrawnFigure[]): Markup =>
  html`${figures.map(
    ({ figure: { name, title }, caption, svg }, index) => html`<figure id="figure-${name}">
<h3>Figure ${index + 1}. ${title}</h3>
<div class="scroll plot" tabindex="0" role="region" aria-label="${title}">${trusted(svg)}</div>
<figcaption>${caption} <span class="files">Files: <a href="figures/${name}.svg">SVG</a>, <a href="figures/${name}.png">PNG</a>.</span></figcaption>
</figure>
`,
  )}`;

export const tableSection = (tables: readonly Table[], run: RunView): Markup =>
  html`${tables
    .filter(table => isAvailable(table, run))
    .map(
      table => html`<h3 id="table-${table.name}">${table.title}</h3>
<p>${table.caption(run)}</p>
<div class="scroll" tabindex="0" role="region" aria-label="${table.title}"><table class="data">
<thead><tr>${table.columns.map(({ label, numeric }) => html`<th scope="col"${numeric && trusted(' class="number"')}>${label}</th>`)}</tr></thead>
<tbody>
${table.rows(run).map(
  row => html`<tr>${row.map((cell, column) => {
    const kind = table.columns[column]?.numeric && trusted(' class="number"');
    return column === 0 ? html`<th scope="row"${kind}>${cell}</th>` : html`<td${kind}>${cell}</td>`;
  })}</tr>
`,
)}</tbody>
</table></div>
`,
    )}`;
