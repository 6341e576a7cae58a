import { type LineChart, lineChart } from "../charts/line-chart.ts";
import { colours } from "../charts/theme.ts";
import { writeWhole } from "../lab/node/files.ts";
import { framed } from "./frame.ts";
import { html } from "./markup.ts";
import { numberText } from "./number-text.ts";
import { drawnTwice, picturesMarkup } from "./pictures.ts";

/** A checkpoint with its coefficient, as far as there is one. */
export interface DrawnCheckpoint {
  readonly step: number;
  readonly loss: number;
  readonly outputs: { readonly [name: string]: number };
  readonly lambda: number | null;
  readonly standardError: number | null;
  readonly interval: readonly [number, number] | null;
  readonly outcome: string;
  /** What is to be said against it, by lines. */
  readonly text: string;
}

interface Heading {
  readonly title: string;
  /** Of all checkpoints. */
  readonly nBeta: number;
  readonly gamma: number;
  readonly call: string;
  readonly path: string;
}

const SIZE = { width: 760, height: 300 };
/** Steps over so many powers of ten are on a logarithmic axis. */
const WIDE = 100;

/** Doubtful values that make the axis so many times as long as the others need hide them. */
const FAR = 4;

/** Room at the ends of the axis of steps: a factor where it is logarithmic, a share where not. */
const [BESIDE, MARGIN] = [1.15, 0.02];

const heightOf = (points: readonly DrawnCheckpoint[]): number => {
  const ends = points.flatMap(({ interval }) => interval ?? []);
  return Math.max(...ends) - Math.min(...ends);
};

/** The coefficient with its intervals over steps, and below it the loss and what else the model returns. */
export const alongCharts = (points: readonly DrawnCheckpoint[]): readonly LineChart[] => {
  const positive = points.map(({ step }) => step).filter(step => step > 0);
  const isLog = positive.length === points.length && positive[positive.length - 1] > WIDE * positive[0];
  const [first, last] = [Math.min(...points.map(({ step }) => step)), Math.max(...points.map(({ step }) => step))];
  const beside = MARGIN * (last - first);
  // One axis for all pictures, so that what happens at a step stands at one place.
  const x = {
    label: "step",
    ...(isLog
      ? { scale: "log" as const, domain: [first / BESIDE, last * BESIDE] as const }
      : { domain: [first - beside, last + beside] as const }),
  };
  const there = points.filter(({ lambda }) => lambda !== null);
  const scatter = (list: typeof there, colour: string) => ({
    points: list.map(({ step, lambda }): [number, number] => [step, lambda!]),
    ranges: list.map(({ interval }): [number, number] => [interval![0], interval![1]]),
    colour,
  });
  const curve = (name: string, of: (point: DrawnCheckpoint) => number): LineChart => ({
    title: name,
    description: `${name} at each checkpoint.`,
    x,
    y: { label: name },
    curves: [{ points: points.map((point): [number, number] => [point.step, of(point)]), colour: colours.blue }],
  });
  const coefficients = (title: string, description: string, list: typeof there): LineChart => ({
    title,
    description,
    x,
    y: { label: "nBeta <K>" },
    curves: [
      {
        points: list.map(({ step, lambda }): [number, number] => [step, lambda!]),
        colour: colours.blue,
        opacity: 0.4,
      },
    ],
    scatters: [true, false].map(wanted =>
      scatter(
        list.filter(({ outcome }) => (outcome === "good") === wanted),
        wanted ? colours.blue : colours.grey,
      ),
    ),
  });
  const minima = there.filter(({ outcome }) => outcome === "good");
  return [
    coefficients(
      "Learning coefficient along training",
      "nBeta <K> at each checkpoint, at one temperature and one localiser for all; whiskers are 95 %. Grey ones are doubtful: the checkpoint is no minimum, or the chains disagree.",
      there,
    ),
    ...(minima.length > 1 && heightOf(there) > FAR * heightOf(minima)
      ? [
          coefficients(
            "The same, without the doubtful ones",
            "Those checkpoints alone that are minima of the loss, on an axis of their own.",
            minima,
          ),
        ]
      : []),
    curve("loss", ({ loss }) => loss),
    ...Object.keys(points[0]?.outputs ?? {}).map(name => curve(name, ({ outputs }) => outputs[name])),
  ];
};

/** Writes one HTML file, whole in itself: the pictures and the numbers. */
export const writeAlongReport = async (
  points: readonly DrawnCheckpoint[],
  { title, nBeta, gamma, call, path }: Heading,
): Promise<void> => {
  const charts = alongCharts(points);
  const doubtful = points.filter(({ outcome }) => outcome !== "good");
  const page = framed({
    title: `Learning coefficient: ${title}`,
    body: html`<header><h1>Learning coefficient: ${title}</h1>
<p>At nBeta ${numberText(nBeta)} and gamma ${numberText(gamma)} for all checkpoints.</p></header>
<main>${charts.map(
      chart => html`<figure><h3>${chart.title}</h3>
${picturesMarkup(drawnTwice(surface => lineChart(chart, surface), SIZE))}
<figcaption>${chart.description}</figcaption></figure>
`,
    )}
<h2>Numbers</h2><div class="scroll" tabindex="0" role="region" aria-label="Numbers"><table><thead><tr><th scope="col">step</th><th scope="col">loss</th><th scope="col">lambda</th><th scope="col">95 %</th><th scope="col">health</th></tr></thead><tbody>
${points.map(
  ({
    step,
    loss,
    lambda,
    standardError,
    interval,
    outcome,
  }) => html`<tr><th scope="row">${String(step)}</th><td>${numberText(loss)}</td>
<td>${lambda === null ? "none" : numberText(lambda, standardError ?? undefined)}</td><td>${interval === null ? "" : interval.map(end => numberText(end, standardError ?? undefined)).join(" to ")}</td><td>${outcome}</td></tr>
`,
)}</tbody></table></div>
${doubtful.length > 0 && html`<h3>Doubtful</h3><ul>${doubtful.map(({ step, text }) => html`<li>step ${String(step)}: ${text.replaceAll("\n", "; ")}</li>`)}</ul>`}
<h2>How to remake it</h2><pre><code>${call}</code></pre></main>`,
  });
  writeWhole(path, page);
};
