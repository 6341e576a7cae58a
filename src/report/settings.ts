import type { Table } from "../charts/exhibits.ts";
import type { Study, System } from "../contracts/index.ts";
import { counted } from "../exhibits/seen-study.ts";
import { type DrawnFigure, figureMarkup, tableMarkup } from "./figures.ts";
import { scrollingTable } from "./frame.ts";
import { withMath } from "./inline-math.ts";
import { html, type Markup } from "./markup.ts";
import type { RunData } from "./run-data.ts";
import { viewOf } from "./run-data.ts";

/** What the records of one study give to see. */
export interface StudyExhibits {
  readonly study: Study;
  readonly figures: readonly DrawnFigure[];
  readonly tables: readonly Table[];
}

/** Every setting of a study as it was run, with what it is. */
export const settingsTable = ({ name, protocol, settings }: Study, { protocols }: System): Markup => {
  if (Object.keys(settings).length === 0) return html`<p>There was nothing to set.</p>`;
  const controls = protocols[protocol]?.settings ?? {};
  return scrollingTable(
    `settings of ${name}`,
    3,
    html`<table class="settings">
<thead><tr><th scope="col">Setting</th><th scope="col" class="number">As run</th><th scope="col">What it is</th></tr></thead>
<tbody>
${Object.entries(settings).map(
  ([
    key,
    value,
  ]) => html`<tr><th scope="row"><code>${key}</code></th><td class="number">${String(value)}</td><td>${withMath(controls[key]?.summary ?? "")}</td></tr>
`,
)}</tbody></table>`,
  );
};

/** One folded part for each study of a run of many: what it is, its settings, and what its records show. */
export const studiesSection = (parts: readonly StudyExhibits[], run: RunData, system: System): Markup =>
  html`<p>The names are those in the records of the run; claims name them where they say what they measure.</p>
${parts.map(({ study, figures, tables }) => {
  const { name, protocol, chains } = study;
  return html`<details class="study" id="study-${name}"><summary><strong>${name}</strong> <span class="quiet">${counted(chains, "chain")}: ${system.protocols[protocol]?.summary ?? protocol}</span></summary>
${settingsTable(study, system)}
${figures.map(figure => figureMarkup(figure))}
${tables.map(table => tableMarkup(table, viewOf(run)))}
</details>
`;
})}`;
