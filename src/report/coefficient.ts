import { type LineChart, lineChart } from "../charts/line-chart.ts";
import type { Drawing } from "../charts/svg.ts";
import { colours } from "../charts/theme.ts";
import type { CoefficientEstimate, CoefficientResult } from "../coefficient/estimate/learning-coefficient.ts";
import type { Condition, Health } from "../contracts/health.ts";
import { writeWhole } from "../lab/node/files.ts";
import { framed } from "./frame.ts";
import { html, type Markup } from "./markup.ts";
import { numberText } from "./number-text.ts";
import { drawnTwice, picturesMarkup } from "./pictures.ts";

interface Heading {
  readonly title: string;
  /** The command line that made it. */
  readonly call: string;
  readonly path: string;
}

/** Writes one HTML file, whole in itself: the estimate, its health, the running estimate and the traces of the chains. */
export const writeCoefficientReport = async (
  result: CoefficientResult,
  { title, call, path }: Heading,
): Promise<void> => {
  const body = result.kind === "failure" ? failure(result.reason, result.text) : estimate(result);
  const page = framed({
    title: `Learning coefficient: ${title}`,
    body: html`<header><h1>Learning coefficient: ${title}</h1></header>
<main>${body}
<h2>How to remake it</h2><pre><code>${call}</code></pre></main>`,
  });
  writeWhole(path, page);
};

const failure = (reason: string, text: string): Markup =>
  html`<p class="lead"><span class="outcome fails">No estimate: ${reason}.</span> ${text}</p>`;

const estimate = (result: CoefficientEstimate): Markup => {
  const { lambda, interval, standardError, multiplicity, nBeta, gamma, baseline, health, evaluations } = result;
  const facts: [string, string][] = [
    ["Standard error", numberText(standardError)],
    ["Multiplicity", multiplicity.text],
    ["nBeta", numberText(nBeta)],
    ["Weakest localiser gamma", numberText(gamma)],
    ["Loss at the point", numberText(baseline)],
    ["Evaluations of the loss", String(evaluations)],
  ];
  return html`<p class="lead">Asked: how large is the learning coefficient at this point?</p>
<p class="lead">Came out: ${numberText(lambda, standardError)}, with a 95 % interval from ${numberText(interval[0], standardError)} to ${numberText(interval[1], standardError)}; ${healthText(health)}.</p>
${figure(runningEstimate(result))}
<h2>Health</h2>
<table class="stacking"><thead><tr><th>Sign</th><th>Outcome</th><th>In words</th></tr></thead><tbody>
${health.findings.map(
  ({ name, outcome, text }) => html`<tr><th scope="row">${name}</th>
<td><span class="outcome ${classes[outcome]}">${outcome}</span></td><td>${text}</td></tr>
`,
)}</tbody></table>
${figure(traces(result))}
<h2>Numbers</h2>
<dl class="facts">${facts.map(
    ([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>
`,
  )}</dl>`;
};

/** "all signs of its health are good", or which are not. */
const healthText = ({ findings }: Health): string => {
  const others = findings.filter(({ outcome }) => outcome !== "good");
  if (others.length === 0) return "all signs of its health are good";
  return `of its health ${others.map(({ name, outcome }) => `${name} is ${outcome}`).join(", ")}`;
};

/** Outcomes of health checks look like those of claims. */
const classes: { readonly [condition in Condition]: string } = {
  good: "holds",
  doubtful: "undecided",
  bad: "fails",
  undefined: "fails",
};

const figure = (chart: LineChart): Markup => html`<figure><h3>${chart.title}</h3>
${picturesMarkup(drawnTwice(surface => lineChart(chart, surface), SIZE))}
<figcaption>${chart.description}</figcaption></figure>`;

const SIZE = { width: 760, height: 340 };

/** The drawings of an estimate: the running estimate over the localiser, and the traces of the chains. */
export const coefficientCharts = (result: CoefficientEstimate): readonly Drawing[] =>
  [runningEstimate(result), traces(result)].map(chart => lineChart(chart, SIZE));

const runningEstimate = ({ rows, lambda, interval, gamma, nBeta }: CoefficientEstimate): LineChart => {
  // Either the localiser or the temperature is what changes on the way to the limit.
  const isCooled = nBeta > rows[0].nBeta;
  const isUsed = (row: (typeof rows)[number]) =>
    isCooled ? row.gamma === gamma && row.nBeta <= nBeta : row.gamma >= gamma;
  const used = rows.filter(isUsed);
  const left = rows.filter(row => !isUsed(row));
  const points = (list: typeof rows) =>
    list.map((row): [number, number] => [row[isCooled ? "nBeta" : "gamma"], row.value]);
  const ranges = (list: typeof rows) =>
    list.map((row): [number, number] => [row.value - 1.96 * row.error, row.value + 1.96 * row.error]);
  // Rows that are not trusted can lie anywhere.
  const seen = [...ranges(used).flat(), ...interval];
  const [low, high] = [Math.min(...seen), Math.max(...seen)];
  const margin = Math.max(0.5 * (high - low), 0.05 * lambda);
  return {
    title: "Running estimate",
    description: isCooled
      ? "nBeta times the mean of the excess loss, corrected for the pull in curved directions, at larger and larger nBeta; whiskers are 95 %. The estimate is the limit of those at one strength of the localiser (blue); grey ones are of stronger or weaker ones, or are not trusted, and may lie beyond the frame."
      : "nBeta times the mean of the excess loss, corrected for the pull in curved directions, at each strength of the localiser; whiskers are 95 %. The estimate is the limit of those of the phase (blue); grey ones belong to another phase or are not trusted, and may lie beyond the frame.",
    x: { label: isCooled ? "nBeta" : "localiser gamma, 1 / squared parameter unit", scale: "log" },
    y: { label: "nBeta <K>", domain: [Math.max(0, low - margin), high + margin] },
    curves: [],
    scatters: [
      { points: points(used), colour: colours.blue, ranges: ranges(used) },
      { points: points(left), colour: colours.grey, ranges: ranges(left) },
    ],
    levels: [
      { label: `lambda ${numberText(lambda)}`, value: lambda, colour: colours.vermillion },
      { label: "95 %", value: interval[0] },
      { label: "95 %", value: interval[1] },
    ],
  };
};

/** At most this many points of a trace are drawn. */
const DRAWN = 400;

const traces = ({ traces: chains, lambda }: CoefficientEstimate): LineChart => {
  const hues = Object.values(colours);
  return {
    title: "Traces",
    description: `nBeta K along each of ${chains.length} chains at the weakest localiser of the phase. Chains that have converged cover the same range.`,
    x: { label: "draw" },
    y: { label: "nBeta K" },
    curves: chains.map((trace, chain) => {
      const every = Math.max(1, Math.ceil(trace.length / DRAWN));
      const points = Array.from({ length: Math.floor(trace.length / every) }, (_, i): [number, number] => [
        i * every,
        trace[i * every],
      ]);
      return { points, colour: hues[chain % hues.length], opacity: 0.6, strokeWidth: 1 };
    }),
    levels: [{ label: `lambda ${numberText(lambda)}`, value: lambda, colour: colours.vermillion }],
  };
};
