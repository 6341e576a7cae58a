import type { Exhibits, PhaseSymbol, Table } from "../charts/exhibits.ts";
import type { System } from "../contracts/index.ts";
import { changesBits, fastModesText } from "../lab/fast-modes.ts";
import { bestOf, type DrawnFigure, figureMarkup, tableMarkup } from "./figures.ts";
import { formulaStyle } from "./formula-style.ts";
import { typesetFormulae } from "./formulae.ts";
import { framed } from "./frame.ts";
import { withMath } from "./inline-math.ts";
import { html, type Markup } from "./markup.ts";
import { opening } from "./opening.ts";
import { type RunData, viewOf } from "./run-data.ts";
import { type StudyExhibits, settingsTable, studiesSection } from "./settings.ts";
import { comparisonSection, predictionLegend, verdictSection } from "./verdicts.ts";

interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Markup;
  readonly parts?: Markup;
}

/** What a report shows besides verdicts: in its body, and of each study in its appendix. */
export interface Shown {
  readonly figures: readonly DrawnFigure[];
  readonly tables: readonly Table[];
  readonly studies: readonly StudyExhibits[];
}

/** The report as one HTML file: what was asked and what came out, the best figure, and then everything else. */
export const reportPage = async (
  run: RunData,
  system: System,
  exhibits: Exhibits,
  { figures, tables, studies }: Shown,
): Promise<string> => {
  const formulae = typesetFormulae(exhibits.formulae, system.source.url);
  const hasClaims = run.verdicts.length > 0;
  const best = bestOf(figures);
  const others = figures.filter(figure => figure !== best);
  const [only] = studies.length === 1 ? studies : [];
  const all: readonly (Section | false)[] = [
    hasClaims && {
      id: "verdicts",
      title: "Verdicts",
      content: html`${verdictSection(run.verdicts, system)}
<p class="quiet">How predictions are known:</p>
${predictionLegend(run.verdicts, system)}`,
    },
    others.length > 0 && {
      id: "figures",
      title: "More figures",
      content: html`${others.map((figure, index) => figureMarkup(figure, index + 2))}`,
      parts: html`<ol>${others.map(({ figure }) => html`<li><a href="#figure-${figure.name}">${withMath(figure.title)}</a></li>`)}</ol>`,
    },
    tables.length > 0 && {
      id: "tables",
      title: "Tables",
      content: html`${tables.map(table => tableMarkup(table, viewOf(run)))}`,
    },
    only !== undefined && { id: "settings", title: "Settings", content: settingsTable(only.study, system) },
    exhibits.formulae.length > 0 && { id: "formulae", title: "Formulae", content: formulae },
    hasClaims && {
      id: "comparisons",
      title: "Every comparison",
      content: comparisonSection(run.verdicts, system),
    },
    studies.length > 1 && { id: "studies", title: "What was run", content: studiesSection(studies, run, system) },
    { id: "remake", title: "How to remake it", content: remakeSection(run) },
    system.source.url !== "" && { id: "source", title: "Source", content: sourceSection(system, exhibits) },
  ];
  const sections = all.filter(section => section !== false);
  const { asked, cameOut } = opening(run, system);
  const body = html`<a class="skip" href="#main">Skip to the content</a>
<header>
<h1>${system.title}</h1>
<p class="quiet">${withMath(system.summary)}</p>
<p class="lead">${asked}</p>
<p class="lead" id="summary">${withMath(cameOut)}</p>
</header>
<main id="main">
${best && figureMarkup(best, 1)}
${symbolLegend(exhibits.symbols ?? [], html`${cameOut}${sections.map(({ content }) => content)}${best && figureMarkup(best)}`)}
<nav aria-label="Contents"><h2>Contents</h2><ol>
${sections.map(
  ({ id, title, parts }) => html`<li><a href="#${id}">${title}</a>${parts}</li>
`,
)}</ol></nav>
${sections.map(
  ({ id, title, content }) => html`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${content}
</section>
`,
)}</main>`;
  return framed({
    title: `${system.title}: run ${run.id}`,
    version: run.versions.landau,
    extraStyle: await formulaStyle(body.html),
    body,
  });
};

/** The symbols of phases that occur in the report. */
const symbolLegend = (symbols: readonly PhaseSymbol[], content: Markup): Markup | undefined => {
  const text = content.html.replace(/<[^>]*>/g, " ");
  const used = symbols.filter(({ occurs }) => occurs.test(text));
  if (used.length === 0) return undefined;
  return html`<h3 id="symbols">Symbols of phases</h3>
<dl class="legend">${used.map(
    ({ symbol, meaning }) => html`<div><dt>${symbol}</dt><dd>${withMath(meaning)}</dd></div>
`,
  )}</dl>`;
};

const facts = (run: RunData): readonly (readonly [string, Markup | string])[] => [
  ["Run", html`<code>${run.id}</code>`],
  ["Date", html`<time datetime="${run.created}">${run.created}</time>`],
  ["Seed", String(run.seed)],
  ...(run.spec.fast ? [["Fast", fastModesText(run.spec.fast)] as const] : []),
  ["Command", html`<code>${run.command}</code>`],
  [
    "Versions",
    Object.entries(run.versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(", "),
  ],
  ["Content hash", html`<code>${run.contentHash}</code>`],
];

const bits = ({ spec }: RunData): string =>
  changesBits(spec.fast)
    ? "Fast modes round as the machine does: the same command makes the same bits only where processor, engine and libraries are the same."
    : "The same command makes the same bits, on any machine and with any number of workers; the content hash tells.";

const remakeSection = (run: RunData): Markup => html`<dl class="facts">
${facts(run).map(
  ([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>
`,
)}</dl>
<p>${bits(run)}</p>
<pre><code>${run.command}
landau show ${run.id}
landau export ${run.id}</code></pre>
<details><summary>The full spec of the run</summary>
<pre><code>${JSON.stringify(run.spec, null, 2)}</code></pre></details>`;

const sourceSection = (
  { source }: System,
  { bibtex }: Exhibits,
): Markup => html`<p>${source.citation}. <a href="${source.url}">${source.url}</a></p>
${bibtex && html`<pre><code>${bibtex}</code></pre>`}`;
