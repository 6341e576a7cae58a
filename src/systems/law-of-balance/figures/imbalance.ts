import { curve } from "../../../charts/curve.ts";
import type { Curve } from "../../../charts/line-chart.ts";
import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { chartsFigure } from "../../../exhibits/chart-figure.ts";
import { exp } from "../../../numerics/elementary.ts";
import { mean } from "../../../numerics/statistics.ts";
import { byChain } from "../../../protocols/records.ts";
import { gradientVariance, signParameters } from "../model.ts";
import { imbalances } from "../studies.ts";
import { balanceRate } from "../theory/laws.ts";

const SHOWN = 8;

const paths = (run: RunView, noise: keyof typeof imbalances) => [
  ...byChain(imbalances[noise].of(run, "path")).values(),
];

const lines = (of: ReturnType<typeof paths>, look: Omit<Curve, "points">): readonly Curve[] =>
  of.map(path => ({ ...look, points: path.map(({ time, difference }) => [time, difference]) }));

/** Variance of the slope at zero, which sets the rate of decay. */
const slopeVariance = (run: RunView): number => gradientVariance(signParameters(imbalances.sgd.settings(run)), 0);

/** u^2 - w^2 is kept by descent, decays under SGD and diffuses under isotropic noise. */
export const imbalanceFigure = chartsFigure({
  name: "imbalance",
  title: "u^2 - w^2: kept by descent, taken away by SGD, diffusing under isotropic noise",
  description: "Paths of u^2 - w^2 above, diffusion below.",
  width: 820,
  height: 720,
  needs: Object.values(imbalances).map(study => study.has("path")),
  caption(run) {
    const { stepSize, kick } = imbalances.sgd.settings(run);
    return (
      `Measured: u^2 - w^2 over time (step size ${stepSize} times steps) for descent on the mean loss (green, one run), SGD with one sample a step (blue, ${paths(run, "sgd").length} runs) and descent ` +
      `with isotropic noise of standard deviation ${kick} a step in each weight (orange, ${paths(run, "isotropic").length} runs, of which ${SHOWN} are shown); below, the root mean square change of the latter (rings). ` +
      `Theory (broken): constant; exponential decay at the rate T C0 = ${stepSize * slopeVariance(run)}; below, 2 kick sqrt(n (u^2 + w^2)) after n steps, with u^2 + w^2 as in the valley u w = k of the start's u^2 - w^2.`
    );
  },
  charts(run) {
    const { stepSize, steps, weightDecay, u0, w0, k, kick } = imbalances.sgd.settings(run);
    const difference = u0 * u0 - w0 * w0;
    const rate = balanceRate(stepSize, slopeVariance(run), weightDecay);
    // u^2 + w^2 in the valley u w = k.
    const squares = Math.sqrt(difference * difference + 4 * k * k);
    const wandering = paths(run, "isotropic");
    const predicted = (of: (time: number) => number): Curve =>
      curve(of, [0, stepSize * steps], { colour: colours.vermillion, strokeWidth: 2, dashed: true }, 121);
    const x = { label: "time = step size x steps" };
    return [
      {
        share: 3,
        title: "u^2 - w^2 over time",
        description: "Flat, exponentially falling and wandering lines.",
        x,
        y: { label: "u^2 - w^2" },
        curves: [
          ...lines(wandering.slice(0, SHOWN), { colour: colours.orange, opacity: 0.5, strokeWidth: 1 }),
          ...lines(paths(run, "sgd"), { colour: colours.blue, opacity: 0.6, strokeWidth: 1 }),
          ...lines(paths(run, "none"), { colour: colours.green, strokeWidth: 2 }),
          predicted(t => difference * exp(-rate * t)),
        ],
        key: [
          { sample: "line", text: "descent", colour: colours.green },
          { sample: "line", text: "SGD", colour: colours.blue },
          { sample: "line", text: "isotropic noise", colour: colours.orange },
          { sample: "dashed", text: "exp(-T C0 t)", colour: colours.vermillion },
        ],
      },
      {
        share: 2,
        title: "Diffusion under isotropic noise",
        description: "A square root of time.",
        x,
        y: { label: "rms change of u^2 - w^2" },
        curves: [predicted(t => 2 * kick * Math.sqrt((squares * t) / stepSize))],
        scatters: [
          {
            points: (wandering[0] ?? []).map(({ time }, i) => [
              time,
              Math.sqrt(mean(wandering.map(path => (path[i].difference - path[0].difference) ** 2))),
            ]),
            colour: colours.orange,
          },
        ],
      },
    ];
  },
});
