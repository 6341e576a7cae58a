import { type LineChart, lineChart } from "../charts/line-chart.ts";
import { colours } from "../charts/theme.ts";
import { writeWhole } from "../lab/node/files.ts";
import { isLevelOpen } from "../transitions/change/fitted-mean.ts";
import { isOfMean, leading, type Transition, type TransitionsFound } from "../transitions/detect/find-transitions.ts";
import type { TrackFit } from "../transitions/detect/track-fit.ts";
import { stepAt } from "../transitions/detect/view.ts";
import { framed, scrollingTable } from "./frame.ts";
import { html, type Markup } from "./markup.ts";
import { type MoreLooks, moreLooksMarkup } from "./more-looks.ts";
import { numberText, stepText } from "./number-text.ts";
import { chartFigure } from "./pictures.ts";

interface Heading {
  readonly title: string;
  /** The command line that made it. */
  readonly call: string;
  readonly path: string;
  readonly notes: readonly string[];
}

interface FoundRun extends MoreLooks {
  readonly run: string;
  readonly found: TransitionsFound;
}

/** Writes one HTML file, whole in itself: for each run its transitions, the curves that show them with the fitted law, what is left beside it, and the further looks asked for. */
export const writeTransitionsReport = async (
  runs: readonly FoundRun[],
  { title, call, path, notes }: Heading,
): Promise<void> => {
  const page = framed({
    title: `Transitions: ${title}`,
    body: html`<header><h1>Transitions: ${title}</h1></header>
<main>${runs.map(run => section(run, runs.length > 1))}
${notes.length > 0 && html`<h2>Notes</h2><ul>${notes.map(note => html`<li>${note}</li>`)}</ul>`}
<h2>How to remake it</h2><pre><code>${call}</code></pre></main>`,
  });
  writeWhole(path, page);
};

const section = (one: FoundRun, isOneOfMany: boolean): Markup => {
  const { run, found } = one;
  const robust = found.transitions.filter(({ agreement }) => agreement.isRobust);
  const shown = robust.length > 0 ? robust : found.transitions;
  const fits = [...new Set(shown.flatMap(transition => fitOf(found, transition) ?? []))];
  return html`${isOneOfMany && html`<h2>${run}</h2>`}
<p class="lead">Asked: where does a quantity change otherwise than a smooth law with dependent noise does?</p>
<p class="lead">Came out: ${robust.length === 0 ? "no transition found" : `${robust.length} robust ${robust.length === 1 ? "transition" : "transitions"}`}, ${String(found.transitions.length - robust.length)} that not all ways of looking show.</p>
${found.transitions.length > 0 && table(found.transitions)}
${(fits.length > 0 ? fits : found.fits.slice(0, 1)).map(fit => html`${figure(curveChart(fit, found.transitions))}${figure(innovationChart(fit))}`)}
${moreLooksMarkup(one, isOneOfMany ? "h3" : "h2")}`;
};

const fitOf = (found: TransitionsFound, { changes }: Transition): TrackFit | undefined => {
  const lead = leading(changes);
  return found.fits.find(({ track, axis }) => track === lead.track && axis === lead.axis);
};

const yes = (names: { readonly [name: string]: boolean }): string =>
  Object.entries(names)
    .flatMap(([name, holds]) => (holds ? [name] : []))
    .join(", ") || "none";

const table = (transitions: readonly Transition[]): Markup =>
  scrollingTable(
    "transitions",
    7,
    html`<table><thead><tr><th>Steps</th><th>Change</th><th>Begins at (95 %)</th><th>Also in</th><th>Detectors</th><th>Metrics</th><th>Verdict</th></tr></thead><tbody>
${transitions.map(({ from, to, changes, agreement }) => {
  const lead = leading(changes);
  const others = [...new Set(changes.map(({ track }) => track).filter(track => track !== lead.track))];
  return html`<tr><th scope="row">${stepText(from)} to ${stepText(to)}</th><td>${lead.type} of ${lead.track}${lead.level && isOfMean(lead) ? ` ${numberText(lead.level.estimate)} (${numberText(lead.level.low)} to ${numberText(lead.level.high)})` : ""}</td><td>${rangeText(lead.begins)}</td><td>${others.join(", ")}</td><td>${yes(agreement.detectors)}</td><td>${yes(agreement.metrics)}</td><td><span class="outcome ${agreement.isRobust ? "holds" : "undecided"}">${agreement.isRobust ? "robust" : "not robust"}</span></td></tr>
`;
})}</tbody></table>`,
  );

const rangeText = ({ low, high }: { readonly low: number; readonly high: number }): string =>
  low === high ? stepText(low) : `${stepText(low)} to ${stepText(high)}`;

const figure = (chart: LineChart): Markup =>
  chartFigure(chart, surface => lineChart(chart, surface), { width: 760, height: 320 });

const curveChart = ({ track, axis, view, found }: TrackFit, transitions: readonly Transition[]): LineChart => {
  const steps = Array.from(view.places, place => stepAt(axis, place));
  const points = (values: ArrayLike<number>) => steps.map((step, i): [number, number] => [step, values[i]]);
  const own = transitions.filter(
    ({ changes, agreement }) => agreement.isRobust && changes.some(each => each.track === track),
  );
  const { law, noise } = found;
  // A mean in dependent noise may lie far from the first points.
  const [least, most] = [Math.min(...view.values), Math.max(...view.values)];
  const margin = 0.05 * (most - least) || 1;
  return {
    title: `${track} over ${axis === "step" ? "steps" : "log steps"}`,
    description: `Points are means of neighbours where there are many. The line is the fitted law (${law}) with its changes, in noise of coefficient ${noise.phi.toFixed(2)}${noise.phi === 1 ? ", a random walk around it" : ""}. ${isLevelOpen(noise.phi, view.values.length) ? "Such noise leaves the height of the line open, which is drawn nearest to the points." : "Noise that depends on itself may keep the points to one side of it for long."} Dotted: where robust transitions begin and end.`,
    x: { label: "step", scale: axis === "step" ? "linear" : "log" },
    y: { label: track, domain: [least - margin, most + margin] },
    scatters: [{ points: points(view.values), colour: colours.blue, opacity: 0.6 }],
    curves: found.fitted ? [{ points: points(found.fitted), colour: colours.vermillion, label: "fit" }] : [],
    places: own.flatMap(({ from, to }) => [
      { label: stepText(from), value: from },
      { label: stepText(to), value: to },
    ]),
  };
};

const innovationChart = ({ track, axis, view, found }: TrackFit): LineChart => {
  const { innovations, noise } = found;
  return {
    title: `What is left of ${track}`,
    description: `Innovations, the part of each point that neither the fit nor the point before explains, over their standard deviation. Under the null hypothesis 95 % lie in the shaded band and none depends on the one before.`,
    x: { label: "step", scale: axis === "step" ? "linear" : "log" },
    y: { label: "innovation / deviation" },
    scatters: [
      {
        points: Array.from(innovations, (value, i): [number, number] => [
          stepAt(axis, view.places[i + 1]),
          noise.deviation > 0 ? value / noise.deviation : 0,
        ]),
        colour: colours.blue,
        opacity: 0.6,
      },
    ],
    curves: [],
    regions: [{ label: "95 % of normal innovations", low: -1.96, high: 1.96 }],
  };
};
