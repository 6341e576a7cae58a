import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { chartFigure } from "../../../exhibits/chart-figure.ts";
import { longWatch, reference, shortWatch } from "../claims/studies.ts";
import { alteredNames } from "../theory/comparison.ts";

const windows = [
  { study: shortWatch, text: "until a loss of 1e-3", colour: colours.vermillion, shift: -0.2 },
  { study: reference, text: "until 1e-5", colour: colours.green, shift: 0 },
  { study: longWatch, text: "all 2500 steps", colour: colours.blue, shift: 0.2 },
];

const ratiosOf = (run: RunView, study: typeof reference) =>
  study.of(run, "fit").flatMap(({ altered }) => (altered ? [altered] : []));

export const alteredFigure = chartFigure({
  name: "altered-equations",
  title: "Altered equations, fitted like the theory",
  needs: windows.map(({ study }) => study.has("fit")),
  caption: run =>
    `Measured: least sum of squares of four altered equations over that of the theory, a ring for each of ${ratiosOf(run, reference).length} networks, watched for three lengths of time. Theory is the line at 1. 1: (a) twice dy/dt; 2: (b) twice dh/dt; 3: (c) last term of dw/dt reversed; ` +
    "4: (d) without y/h. What lies below 1 fits better though it breaks what every trajectory keeps, and how often that is depends on the time watched: a good fit does not prove the equations.",
  chart: run => ({
    description: "The fourth is always worse; the first and third depend on the time watched.",
    x: { label: "altered equation", domain: [0.5, 4.5], whole: true },
    y: { label: "sum of squares / the theory's", scale: "log" },
    curves: [],
    levels: [{ label: "theory", value: 1 }],
    scatters: windows.map(({ study, colour, shift }) => ({
      points: ratiosOf(run, study).flatMap(ratios =>
        alteredNames.flatMap((name, i) => {
          const ratio = ratios[name];
          return ratio === null ? [] : [[i + 1 + shift, ratio] as const];
        }),
      ),
      colour,
    })),
    key: windows.map(({ text, colour }) => ({ sample: "ring" as const, text, colour })),
  }),
});
