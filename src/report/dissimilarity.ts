import { type LineChart, lineChart } from "../charts/line-chart.ts";
import type { Drawing } from "../charts/svg.ts";
import { colours } from "../charts/theme.ts";
import type { Condition } from "../contracts/health.ts";
import { writeWhole } from "../lab/node/files.ts";
import type { ReadOutputs } from "../logs/outputs/outputs-of-table.ts";
import type { DissimilarityVerdict, SegmentScan } from "../transitions/dissimilarity/index.ts";
import { framed, scrollingTable } from "./frame.ts";
import { html, type Markup } from "./markup.ts";
import { numberText } from "./number-text.ts";
import { drawnTwice, picturesMarkup } from "./pictures.ts";

interface Heading {
  readonly title: string;
  /** The command line that made it. */
  readonly call: string;
  readonly path: string;
}

type Read = Pick<ReadOutputs, "control" | "notes" | "samples" | "form" | "outcomes">;

/** Writes one HTML file, whole in itself: where outputs change, the scans of all lengths, the companion quantity, health and notes. */
export const writeDissimilarityReport = async (
  verdict: DissimilarityVerdict,
  read: Read,
  { title, call, path }: Heading,
): Promise<void> => {
  const page = framed({
    title: `Output distribution: ${title}`,
    body: html`<header><h1>Output distribution: ${title}</h1></header>
<main>
<p class="lead">Asked: where does the distribution of the outputs change along ${read.control}?</p>
${answer(verdict, read.control)}
${dissimilarityChartList(verdict, read.control).map(figure)}
${transitionsTable(verdict, read.control)}
<h2>Health</h2>
<table class="stacking"><thead><tr><th>Sign</th><th>Outcome</th><th>In words</th></tr></thead><tbody>
${verdict.health.findings.map(
  ({ name, outcome, text }) => html`<tr><th scope="row">${name}</th>
<td><span class="outcome ${classes[outcome]}">${outcome}</span></td><td>${text}</td></tr>
`,
)}</tbody></table>
${read.notes.length > 0 ? html`<h2>Notes</h2><ul>${read.notes.map(note => html`<li>${note}</li>`)}</ul>` : html``}
<h2>How to remake it</h2><pre><code>${call}</code></pre></main>`,
  });
  writeWhole(path, page);
};

const answer = ({ transitions, nulls }: DissimilarityVerdict, control: string): Markup => {
  if (transitions.length === 0)
    return html`<p class="lead">Came out: no transition found.${nulls ? ` A dissimilarity as large has probability ${numberText(nulls.pValue)} where nothing changes.` : ""}</p>`;
  const places = transitions
    .map(
      ({ location, interval: [low, high] }) =>
        `${numberText(location)} (95 %: ${numberText(low)} to ${numberText(high)})`,
    )
    .join("; ");
  return html`<p class="lead">Came out: the outputs change at ${control} ${places}.</p>`;
};

/** Outcomes of health checks look like those of claims. */
const classes: { readonly [condition in Condition]: string } = {
  good: "holds",
  doubtful: "undecided",
  bad: "fails",
  undefined: "fails",
};

const transitionsTable = ({ transitions, measure }: DissimilarityVerdict, control: string): Markup => {
  if (transitions.length === 0) return html``;
  const head = [control, "95 %", measure, "L", "shape", "slope", "other lengths"];
  return html`<h2>Changes</h2>
${scrollingTable(
  "Changes",
  head.length,
  html`<table><thead><tr>${head.map(text => html`<th>${text}</th>`)}</tr></thead><tbody>
${transitions.map(
  ({ location, interval, height, L, shape, slope, elsewhere }) =>
    html`<tr><th scope="row">${numberText(location)}</th><td>${interval.map(end => numberText(end)).join(" to ")}</td><td>${numberText(height)}</td><td>${String(L)}</td><td>${shape ?? "not told"}</td><td>${slope === null ? "not told" : numberText(slope)}</td><td>${elsewhere
      .filter(each => each.location !== null)
      .map(each => `${numberText(each.location as number)} (L = ${each.L})`)
      .join(", ")}</td></tr>
`,
)}</tbody></table>`,
)}`;
};

const SIZE = { width: 760, height: 340 };

const figure = (chart: LineChart): Markup => html`<figure><h3>${chart.title}</h3>
${picturesMarkup(drawnTwice(surface => lineChart(chart, surface), SIZE))}
<figcaption>${chart.description}</figcaption></figure>`;

/** The drawings of a scan. */
export const dissimilarityCharts = (verdict: DissimilarityVerdict, control: string): readonly Drawing[] =>
  dissimilarityChartList(verdict, control).map(chart => lineChart(chart, SIZE));

const dissimilarityChartList = (verdict: DissimilarityVerdict, control: string): LineChart[] => [
  mainChart(verdict, control),
  lengthsChart(verdict, control),
  ...(verdict.companion ? [companionChart(verdict, control)] : []),
];

const HUES = [colours.blue, colours.green, colours.vermillion, colours.purple];

const mainChart = ({ scans, L, measure, transitions }: DissimilarityVerdict, control: string): LineChart => {
  const { splits, values, errors, background, threshold } = scans.find(scan => scan.L === L) as SegmentScan;
  const points = splits.map((split, i) => [split, values[measure][i]] as const);
  return {
    title: `Dissimilarity of the outputs on both sides, segments of ${L}`,
    description:
      `${measure} at each split of ${control}${errors ? ", whiskers 95 %" : ", known exactly"}; a change has to stand above the broken line, and above its surroundings.` +
      (transitions.length > 0 ? " Dotted lines: the changes that are found." : ""),
    x: { label: control },
    y: { label: `${measure}, L = ${L}` },
    curves: [
      { points, colour: colours.blue, opacity: 0.5 },
      {
        points: splits.map((split, i) => [split, background + threshold[i]] as const),
        colour: colours.grey,
        dashed: true,
        label: errors ? "threshold" : "",
      },
    ].slice(0, errors ? 2 : 1),
    scatters: [
      {
        points,
        colour: colours.blue,
        ...(errors && {
          ranges: points.map(([, value], i) => [value - 1.96 * errors[i], value + 1.96 * errors[i]] as const),
        }),
      },
    ],
    places: transitions.map(({ location }) => ({ label: numberText(location), value: location })),
  };
};

const lengthsChart = ({ scans, measure, transitions }: DissimilarityVerdict, control: string): LineChart => ({
  title: "All lengths of segments",
  description:
    "A boundary has the same height at every length, a single value that differs a lower one at greater lengths, and a change spread over several values a higher one.",
  x: { label: control },
  y: { label: measure },
  curves: scans.map(({ L, splits, values }, i) => ({
    points: splits.map((split, k) => [split, values[measure][k]] as const),
    colour: HUES[i % HUES.length],
    label: `L = ${L}`,
  })),
  places: transitions.map(({ location }) => ({ label: numberText(location), value: location })),
});

const companionChart = ({ companion }: DissimilarityVerdict, control: string): LineChart => {
  const { reference, points } = companion!;
  return {
    title: "Slope of the mean energy",
    description: `Energy is minus the log-probability under ${control} ${numberText(reference)}; whiskers are 95 %. For a Boltzmann family it is the heat capacity; otherwise it may be negative.`,
    x: { label: control },
    y: { label: `d<E>/d ${control}` },
    curves: [],
    scatters: [
      {
        points: points.map(({ T, value }) => [T, value] as const),
        ranges: points.map(({ value, se }) => [value - 1.96 * se, value + 1.96 * se] as const),
        colour: colours.vermillion,
      },
    ],
  };
};
