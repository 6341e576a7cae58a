import { type LineChart, lineChart } from "../charts/line-chart.ts";
import { writeWhole } from "../lab/node/files.ts";
import type { TaskAudit } from "../transitions/emergence/audit-task.ts";
import { type Axis, axes } from "../transitions/emergence/robustness.ts";
import { verdictWords } from "../transitions/emergence/task-verdict.ts";
import { exactChart, foreseenChart, lossChart } from "./audit-charts.ts";
import { framed, scrollingTable } from "./frame.ts";
import { html, type Markup } from "./markup.ts";
import { numberText } from "./number-text.ts";
import { chartFigure } from "./pictures.ts";

interface Heading {
  /** What was read. */
  readonly title: string;
  /** The command line that made it. */
  readonly call: string;
  readonly path: string;
  readonly notes: readonly string[];
}

/** Writes one HTML file, whole in itself: of each task the verdict, why, the pictures, and every metric on every axis. */
export const writeAuditReport = async (
  audits: readonly TaskAudit[],
  { title, call, path, notes }: Heading,
): Promise<void> => {
  const page = framed({
    title: `Emergence audit: ${title}`,
    body: html`<header><h1>Emergence audit: ${title}</h1>
<p class="lead">Asked: is a jump of a capability with scale in what was learned, or in its metric, and could it have been foreseen?</p></header>
<main>${audits.map(taskSection)}
${notes.length > 0 && html`<h2>Notes</h2><ul>${notes.map(note => html`<li>${note}</li>`)}</ul>`}
<h2>How to remake it</h2><pre><code>${call}</code></pre></main>`,
  });
  writeWhole(path, page);
};

const taskSection = (audit: TaskAudit): Markup => {
  const { task, verdict, reasons } = audit;
  const charts = [exactChart(audit), lossChart(audit), foreseenChart(audit)].filter(chart => chart !== undefined);
  return html`<section><h2>Task ${task}</h2>
<p class="lead">Came out: ${verdictWords[verdict]}.</p>
<ul>${reasons.map(reason => html`<li>${reason}</li>`)}</ul>
${charts.map(figure)}
<h3>Every metric on every axis</h3>
<p>Evidence for a jump, the best continuous model's BIC less that of the best model with a jump: 10 and more counts.</p>
${metricsTable(audit)}
<h3>Numbers</h3>
<dl class="facts">${facts(audit).map(
    ([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>
`,
  )}</dl></section>`;
};

const figure = (chart: LineChart): Markup =>
  chartFigure(chart, surface => lineChart(chart, surface), { width: 760, height: 340 });

const metricsTable = ({ robustness: { metrics } }: TaskAudit): Markup => {
  const names = Object.keys(axes) as Axis[];
  return scrollingTable(
    "Every metric on every axis",
    names.length + 2,
    html`<table class="data"><thead><tr><th scope="col">Metric</th>${names.map(name => html`<th scope="col">over ${name}</th>`)}<th scope="col">a line foresees the largest</th></tr></thead>
<tbody>${metrics.map(
      ({ metric, form, deltaJump, jump, foreseen }) =>
        html`<tr><th scope="row">${form === "as it is" ? metric : `${form} of ${metric}`}</th>${names.map(
          name => html`<td>${jump[name] ? "jump" : "no jump"}, ${numberText(deltaJump[name])}</td>`,
        )}<td>${foreseen ? "yes" : "no"}</td></tr>
`,
    )}</tbody></table>`,
  );
};

const facts = ({
  audit,
  wei,
  robustness,
  scale,
  shape,
  tooFewItems,
  grade,
}: TaskAudit): readonly [string, string][] => {
  const { leftOut, thinned, same } = robustness;
  const others = leftOut.length + thinned.length;
  return [
    ["Scales", `${scale.length}`],
    ...(wei
      ? ([
          ["Absent in small models", yes(wei.absent)],
          ["Present in the largest", yes(wei.present)],
          ["Unforeseen by a line through exact match", yes(wei.surprise)],
        ] as [string, string][])
      : []),
    ...(audit
      ? ([
          ["Effective over nominal length", numberText(audit.ratio)],
          ["Share of later scales in the forecast's interval", numberText(audit.exactInside)],
          ["Evidence for a jump of the loss per token", numberText(audit.deltaJump)],
          ["Size of the jump in ln(-ln p)", numberText(audit.jumpSize)],
          ["Evidence for a kink", numberText(audit.deltaKink)],
        ] as [string, string][])
      : []),
    ...(shape ? [["Breakthroughness, a hint at most", numberText(shape.breakthroughness)] as [string, string]] : []),
    ...(same === null
      ? []
      : [
          ["The same verdict when looked at otherwise", `${Math.round(same * others)} of ${others}`] as [
            string,
            string,
          ],
        ]),
    ...(tooFewItems.length > 0
      ? [
          [
            "Scales with too few items",
            tooFewItems.map(each => `${each.scale} (needs ${numberText(each.needed)})`).join(", "),
          ] as [string, string],
        ]
      : []),
    ...(grade ? [["Beyond the jump", grade] as [string, string]] : []),
  ];
};

const yes = (value: boolean): string => (value ? "yes" : "no");
