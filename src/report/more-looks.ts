import type { LineChart, Span } from "../charts/line-chart.ts";
import { lineChart } from "../charts/line-chart.ts";
import { lineCharts } from "../charts/line-charts.ts";
import type { Surface } from "../charts/surface.ts";
import { colours, series as hues } from "../charts/theme.ts";
import {
  along,
  type SharedChanges,
  swingOf,
  type ThresholdCounts,
  type TrackRegions,
} from "../transitions/detect/more-looks.ts";
import { type AxisName, stepAt, type Track } from "../transitions/detect/view.ts";
import { html, type Markup, trusted } from "./markup.ts";
import { numberText, stepText } from "./number-text.ts";
import { chartFigure } from "./pictures.ts";

/** What was looked for besides transitions in the series of a run; null where it was not asked for. */
export interface MoreLooks {
  readonly series: readonly Track[];
  readonly regions: readonly TrackRegions[] | null;
  readonly joint: SharedChanges | null;
  readonly thresholds: readonly ThresholdCounts[] | null;
}

/** A section for each look that was asked for, under headings of a level. */
export const moreLooksMarkup = ({ series, regions, joint, thresholds }: MoreLooks, heading: "h2" | "h3"): Markup => {
  const titled = (title: string, content: Markup): Markup =>
    html`${trusted(`<${heading}>`)}${title}${trusted(`</${heading}>`)}
${content}`;
  return html`${regions !== null && titled("Regions of change", regionsSection(series, regions))}
${joint !== null && titled("Changes that series share", jointSection(series, joint))}
${thresholds !== null && titled("What thresholds would say", thresholdsSection(thresholds))}`;
};

/** Pictures of more series would make a page too long; tables hold all. */
const MOST_PICTURES = 12;
const WIDTH = 760;
const surfaceOf = (panels: number): Surface => ({ width: WIDTH, height: 60 + 165 * panels });

/** A series and the stretches of its steps to be shaded. */
interface Shaded {
  readonly track: string;
  readonly spans: readonly Omit<Span, "colour">[];
}

/** The points of series with shaded stretches, one below the other over the same steps. */
const shadedFigure = (
  words: { readonly title: string; readonly description: string; readonly shade: string; readonly line: string },
  axis: AxisName,
  series: readonly Track[],
  all: readonly Shaded[],
): Markup => {
  const shown = all.slice(0, MOST_PICTURES);
  const views = shown.map(({ track }) => along(axis, series.find(({ name }) => name === track)!)!);
  const steps = views.map(({ places }) => Array.from(places, place => stepAt(axis, place)));
  const domain = [Math.min(...steps.map(own => own[0])), Math.max(...steps.map(own => own[own.length - 1]))] as const;
  const charts = shown.map(({ track, spans }, i): LineChart => {
    const isFirst = i === 0;
    const isLast = i === shown.length - 1;
    return {
      title: track,
      description: words.description,
      x: { label: isLast ? "step" : "", scale: axis === "step" ? "linear" : "log", domain },
      y: { label: track },
      curves: [],
      scatters: [
        {
          points: steps[i].map((step, k): [number, number] => [step, views[i].values[k]]),
          colour: colours.blue,
          opacity: 0.6,
        },
      ],
      spans: spans.map(span => ({ ...span, colour: colours.vermillion })),
      key: isFirst
        ? [
            { sample: "band", text: words.shade, colour: colours.vermillion },
            { sample: "dashed", text: words.line, colour: colours.vermillion },
          ]
        : [],
    };
  });
  const left = all.length - shown.length;
  return html`${chartFigure(words, surface => lineCharts(words, charts, surface), surfaceOf(shown.length))}
${left > 0 && html`<p class="quiet">Pictures of the first ${MOST_PICTURES} series; the table holds all.</p>`}`;
};

const regionsSection = (series: readonly Track[], all: readonly TrackRegions[]): Markup => {
  const some = all.filter(({ regions }) => regions.length > 0);
  const none = all.filter(({ regions }) => regions.length === 0).map(({ track }) => track);
  const left = series.map(({ name }) => name).filter(name => !all.some(({ track }) => track === name));
  const percent = numberText(100 * (all[0]?.level ?? 0));
  return html`<p>Asked: in which stretches of steps must a series change, whatever else it does? ${
    some.length > 0
      ? `Each stretch below holds a change; the probability that any stretch of a series holds none is at most ${percent} %.`
      : "Came out: none of the series has one."
  }</p>
${
  some.length > 0 &&
  html`${shadedFigure(
    {
      title: "Stretches that hold a change",
      description:
        "Points are means of neighbours where there are many. Shaded: the shortest stretches of steps in each of which the mean must change somewhere. Dashed: where one change of level is likeliest within a stretch. What lies outside may change, too.",
      shade: "holds a change",
      line: "likeliest step",
    },
    "step",
    series,
    some.map(({ track, regions }) => ({
      track,
      spans: regions.map(({ low, high, estimate }) => ({ low, high, at: estimate })),
    })),
  )}
<table class="stacking"><thead><tr><th scope="col">Series</th><th scope="col">A change in steps</th><th scope="col">Likeliest step</th></tr></thead><tbody>
${some.flatMap(({ track, regions }) =>
  regions.map(
    ({
      low,
      high,
      estimate,
    }) => html`<tr><th scope="row">${track}</th><td data-label="A change in steps">${stepText(low)} to ${stepText(high)}</td><td data-label="Likeliest step">${stepText(estimate)}</td></tr>
`,
  ),
)}</tbody></table>`
}
${none.length > 0 && html`<p class="quiet">No region in ${none.join(", ")}.</p>`}
${left.length > 0 && html`<p class="quiet">Too few points: ${left.join(", ")}.</p>`}`;
};

const jointSection = (series: readonly Track[], { tracks, left, changes }: SharedChanges): Markup => {
  const members = tracks.filter(name => changes.some(({ levels }) => levels.some(({ track }) => track === name)));
  const others = tracks.filter(name => !members.includes(name));
  const axis: AxisName = changes.some(each => each.axis === "log step") ? "log step" : "step";
  const came =
    changes.length === 0 ? "none" : changes.length === 1 ? "1 such change" : `${changes.length} such changes`;
  return html`<p>Asked: at which steps do the levels of several series change suddenly and together? A rise over many steps, or a bend, is no such change. Came out: ${came}.</p>
${
  changes.length > 0 &&
  html`${shadedFigure(
    {
      title: "Sudden changes of level, looked for in all series together",
      description:
        "Points are means of neighbours where there are many. Dashed: the step at which the level of the series changes; shaded: its 95 % interval, the same for all series that take part.",
      shade: "95 % interval",
      line: "change of level",
    },
    axis,
    series,
    members.map(name => ({
      track: name,
      spans: changes
        .filter(({ levels }) => levels.some(({ track }) => track === name))
        .map(({ at: { estimate, low, high } }) => ({ low, high, at: estimate })),
    })),
  )}
<table class="stacking"><thead><tr><th scope="col">Step (95 %)</th><th scope="col">Series</th><th scope="col">Change of its level (95 %)</th></tr></thead><tbody>
${changes.flatMap(({ at, levels }) =>
  levels.map(
    ({
      track,
      level,
    }) => html`<tr><th scope="row">${stepText(at.estimate)} (${stepText(at.low)} to ${stepText(at.high)})</th><td>${track}</td><td data-label="Change of its level (95 %)">${numberText(level.estimate)} (${numberText(level.low)} to ${numberText(level.high)})</td></tr>
`,
  ),
)}</tbody></table>`
}
${others.length > 0 && html`<p class="quiet">Looked at, with no such change: ${others.join(", ")}.</p>`}
${left.length > 0 && html`<p class="quiet">At other steps, or too few points: ${left.join(", ")}.</p>`}`;
};

const swingText = (swing: number | null): string =>
  swing === null ? "none at any" : swing === Infinity ? "none to some" : `${numberText(swing)} times`;

const thresholdsSection = (all: readonly ThresholdCounts[]): Markup => {
  if (all.length === 0) return html`<p>None of the series has enough points.</p>`;
  const swing = (each: ThresholdCounts): number => swingOf(each) ?? 0;
  const shown = [...all].sort((a, b) => swing(b) - swing(a)).slice(0, hues.length);
  const chart: LineChart = {
    title: "Changes that a threshold would report",
    description:
      "A threshold detector reports a change wherever neighbouring points lie further apart than so many deviations of that distance. A count that swings with the threshold is an answer about the threshold, not about the series. Counts have no error of their own.",
    x: { label: "threshold, in deviations of the distance of neighbours", whole: true },
    y: { label: "changes reported", whole: true },
    curves: shown.map(({ track, counts }, i) => ({
      points: counts.map(({ deviations, changes }) => [deviations, changes]),
      colour: hues[i],
      label: track,
    })),
    scatters: shown.map(({ counts }, i) => ({
      points: counts.map(({ deviations, changes }) => [deviations, changes]),
      colour: hues[i],
    })),
  };
  return html`<p>Asked: how many changes would a detector with a threshold report, and how much does that depend on the threshold?</p>
${chartFigure(chart, surface => lineChart(chart, surface), { width: WIDTH, height: 320 })}
${shown.length < all.length && html`<p class="quiet">Drawn: the ${shown.length} series whose counts swing most; the table holds all.</p>`}
<table class="stacking"><thead><tr><th scope="col">Series</th>${all[0].counts.map(({ deviations }) => html`<th scope="col">at ${deviations}</th>`)}<th scope="col">Swing</th></tr></thead><tbody>
${all.map(
  each => html`<tr><th scope="row">${each.track}</th>${each.counts.map(({ deviations, changes }) => html`<td data-label="at ${deviations}">${changes}</td>`)}<td data-label="Swing">${swingText(swingOf(each))}</td></tr>
`,
)}</tbody></table>`;
};
