import type { Exhibits } from "../charts/exhibits.ts";
import type { System } from "../contracts/index.ts";
import { counted } from "../exhibits/seen-study.ts";
import { changesBits, fastModesText } from "../lab/fast-modes.ts";
import { type DrawnFigure, figureSection, tableSection } from "./figures.ts";
import { typesetFormulae } from "./formulae.ts";
import { html, type Markup, trusted } from "./markup.ts";
import { type RunData, viewOf } from "./run-data.ts";
import { style } from "./style.ts";
import { comparisonSection, summary, verdictSection } from "./verdicts.ts";

/** Nothing may be fetched or run: the page is whole in itself. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";

interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Markup;
  readonly parts?: Markup;
}

/** The report as one HTML file, readable without script and network. */
export const reportPage = async (
  run: RunData,
  system: System,
  exhibits: Exhibits,
  figures: readonly DrawnFigure[],
  document: Document,
): Promise<string> => {
  const formulae = await typesetFormulae(exhibits.formulae, system.source.url, document);
  const hasClaims = run.verdicts.length > 0;
  const all: readonly (Section | false)[] = [
    hasClaims && { id: "verdicts", title: "Verdicts", content: verdictSection(run.verdicts, system) },
    figures.length > 0 && {
      id: "figures",
      title: "Figures",
      content: figureSection(figures),
      parts: html`<ol>${figures.map(({ figure }) => html`<li><a href="#figure-${figure.name}">${figure.title}</a></li>`)}</ol>`,
    },
    exhibits.tables.length > 0 && {
      id: "tables",
      title: "Tables",
      content: tableSection(exhibits.tables, viewOf(run)),
    },
    exhibits.formulae.length > 0 && { id: "formulae", title: "Formulae", content: formulae.markup },
    hasClaims && { id: "comparisons", title: "Every comparison", content: comparisonSection(run.verdicts, system) },
    { id: "remake", title: "How to remake it", content: remakeSection(run) },
    system.source.url !== "" && { id: "source", title: "Source", content: sourceSection(system, exhibits) },
  ];
  const sections = all.filter(section => section !== false);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="landau ${run.versions.landau ?? ""}">
<title>${system.title}: run ${run.id}</title>
<style>${trusted(style)}</style>
<style>${trusted(formulae.style)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header>
<h1>${system.title}</h1>
<p class="lead">${system.summary}</p>
<dl class="facts">
${facts(run).map(
  ([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>
`,
)}</dl>
</header>
<nav aria-label="Contents"><ol>
${sections.map(
  ({ id, title, parts }) => html`<li><a href="#${id}">${title}</a>${parts}</li>
`,
)}</ol></nav>
<main id="main">
<p class="lead" id="summary">${hasClaims ? summary(run.verdicts) : ""} ${members(run)}</p>
${sections.map(
  ({ id, title, content }) => html`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${content}
</section>
`,
)}</main>
</body>
</html>
`.html;
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

const members = ({ spec }: RunData): string =>
  spec.studies.length === 0
    ? ""
    : `The measurements rest on ${spec.studies.map(({ name, chains }) => `${counted(chains, "chain")} of ${name}`).join(", ")}.`;

const bits = ({ spec }: RunData): string =>
  changesBits(spec.fast)
    ? "Fast modes round as the machine does: the same command makes the same bits only where processor, engine and libraries are the same."
    : "The same command makes the same bits, on any machine and with any number of workers; the content hash tells.";

const remakeSection = (run: RunData): Markup => html`<p>${bits(run)}</p>
<pre><code>${run.command}
landau show ${run.id}
landau export ${run.id} --csv</code></pre>
<details><summary>The full spec of the run</summary>
<pre><code>${JSON.stringify(run.spec, null, 2)}</code></pre></details>`;

const sourceSection = (
  { source }: System,
  { bibtex }: Exhibits,
): Markup => html`<p>${source.citation}. <a href="${source.url}">${source.url}</a></p>
<pre><code>${bibtex}</code></pre>`;
