import type { Curve, Point } from "../../../charts/line-chart.ts";
import { colours } from "../../../charts/theme.ts";
import { chartsFigure } from "../../../exhibits/chart-figure.ts";
import { gridMinima } from "../../../numerics/grid-minima.ts";
import { GAMMA, regimes } from "../studies.ts";
import { magnetisation, potential } from "../theory/model.ts";

const EDGE = 6;
const HEIGHT = 2.8;
const STRENGTHS = Array.from({ length: 241 }, (_, i) => -EDGE + (2 * EDGE * i) / 240);

/** The stable states over the strength of the data: those with the sign of M, and those against it where the potential has two wells. */
const branches = (sigma: number, M: number): Curve[] => {
  const along: Point[] = [];
  const against: Point[] = [];
  for (const delta of STRENGTHS) {
    const states = gridMinima(m => potential({ D: 1, gamma: GAMMA, sigma }, delta, M, m), -HEIGHT, HEIGHT, 1400);
    if (M < 0) states.reverse();
    const [own, other] = [states.at(-1), states.length > 1 ? states[0] : undefined];
    if (own !== undefined) along.push([delta, own]);
    if (other !== undefined) against.push([delta, other]);
  }
  return [along, against].map(points => ({ points, colour: colours.vermillion, dashed: true }));
};

/** Every network over the strength of its data, in the three regimes. */
export const networksFigure = chartsFigure({
  name: "collective-networks",
  title: "The networks one by one in the three regimes, one hidden layer",
  description: "Two branches, one branch, a flat line.",
  width: 780,
  height: 900,
  needs: regimes.map(({ study }) => study.has("networks")),
  caption(run) {
    const settings = regimes.map(({ study }) => study.settings(run));
    return (
      `Measured: m of each of ${settings[0].networks} networks over the strength delta of its private data, one hidden layer, weight decay ${GAMMA}, ` +
      `at sigma = ${settings.map(({ sigma }) => sigma).join(", ")} after ${settings.map(({ time }) => time).join(", ")} units of time (rings). ` +
      "Theory (broken): minima of the potential of one network in the measured mean M. " +
      "At weak coupling strong networks of both signs are frozen and cancel; then the wells of the minority are gone and all share a sign, those without a signal of their own included; at strong coupling the disorder averages out and weight decay wins."
    );
  },
  charts: run =>
    regimes.map(({ name, study }) => {
      const { sigma } = study.settings(run);
      const [{ m, delta }] = study.of(run, "networks");
      const M = magnetisation(m);
      return {
        title: `sigma = ${sigma}`,
        description: name,
        x: { label: "strength delta of the private data", domain: [-EDGE, EDGE] },
        y: { label: `m at sigma = ${sigma}`, domain: [-HEIGHT, HEIGHT] },
        curves: branches(sigma, M),
        scatters: [{ points: m.map((each, i) => [delta[i], each]), colour: colours.blue }],
        levels: [{ label: `M = ${Math.abs(M) < 5e-4 ? 0 : M.toFixed(3)}`, value: M }],
        key: [
          { sample: "ring", text: name, colour: colours.blue },
          { sample: "dashed", text: "minima of the potential", colour: colours.vermillion },
        ],
      };
    }),
});
