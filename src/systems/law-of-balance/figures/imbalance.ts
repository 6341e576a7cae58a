import type { Figure } from "../../../charts/exhibits.ts";
import { type Curve, lineChart, type Point } from "../../../charts/line-chart.ts";
import { stacked } from "../../../charts/stacked.ts";
import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
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
  of.map(path => ({ ...look, points: path.map(({ time, difference }): Point => [time, difference]) }));

/** Root of the mean squared change of u^2 - w^2 over the runs with isotropic noise, at each recorded time. */
const drift = (run: RunView): Point[] => {
  const runs = paths(run, "isotropic");
  return (runs[0] ?? []).map(({ time }, i): Point => {
    const changes = runs.map(path => path[i].difference - path[0].difference);
    return [time, Math.sqrt(mean(changes.map(change => change * change)))];
  });
};

/** What theory needs of the settings: rate of decay, u^2 - w^2 and u^2 + w^2 in the valley u w = k, and times. */
const theoryOf = (run: RunView) => {
  const at = imbalances.sgd.settings(run);
  const { stepSize, steps, weightDecay, u0, w0, k, kick } = at;
  const difference = u0 * u0 - w0 * w0;
  const C0 = gradientVariance(signParameters(at), 0);
  return {
    stepSize,
    kick,
    difference,
    squares: Math.sqrt(difference * difference + 4 * k * k),
    rate: balanceRate(stepSize, C0, weightDecay),
    temperatureRate: stepSize * C0,
    times: Array.from({ length: 121 }, (_, i) => (stepSize * steps * i) / 120),
  };
};

const time = { label: "time = step size x steps" };

/** u^2 - w^2 is kept by descent, decays under SGD and diffuses under isotropic noise. */
export const imbalanceFigure: Figure = {
  name: "imbalance",
  title: "u^2 - w^2: kept by descent, taken away by SGD, diffusing under isotropic noise",
  width: 820,
  height: 720,
  needs: Object.values(imbalances).map(study => study.has("path")),
  caption(run) {
    const { stepSize, kick, temperatureRate } = theoryOf(run);
    return (
      `Measured: u^2 - w^2 over time (step size ${stepSize} times steps) for descent on the mean loss (green, one run), SGD with one sample a step (blue, ${paths(run, "sgd").length} runs) and descent ` +
      `with isotropic noise of standard deviation ${kick} a step in each weight (orange, ${paths(run, "isotropic").length} runs, of which ${SHOWN} are shown); below, the root mean square change of the latter (rings). ` +
      `Theory (broken): constant; exponential decay at the rate T C0 = ${temperatureRate}; below, 2 kick sqrt(n (u^2 + w^2)) after n steps, with u^2 + w^2 as in the valley u w = k of the start's u^2 - w^2.`
    );
  },
  draw(run, surface) {
    const { stepSize, kick, difference, squares, rate, times } = theoryOf(run);
    const broken = (of: (time: number) => number): Curve => ({
      points: times.map((t): Point => [t, of(t)]),
      colour: colours.vermillion,
      strokeWidth: 2,
      dashed: true,
    });
    return stacked(
      { title: "Law of balance", description: "Paths of u^2 - w^2 above, diffusion below." },
      [
        {
          share: 3,
          draw: own =>
            lineChart(
              {
                title: "u^2 - w^2 over time",
                description: "Flat, exponentially falling and wandering lines.",
                x: time,
                y: { label: "u^2 - w^2" },
                curves: [
                  ...lines(paths(run, "isotropic").slice(0, SHOWN), {
                    colour: colours.orange,
                    opacity: 0.5,
                    strokeWidth: 1,
                  }),
                  ...lines(paths(run, "sgd"), { colour: colours.blue, opacity: 0.6, strokeWidth: 1 }),
                  ...lines(paths(run, "none"), { colour: colours.green, strokeWidth: 2 }),
                  broken(t => difference * exp(-rate * t)),
                ],
                key: [
                  { sample: "line", text: "descent", colour: colours.green },
                  { sample: "line", text: "SGD", colour: colours.blue },
                  { sample: "line", text: "isotropic noise", colour: colours.orange },
                  { sample: "dashed", text: "exp(-T C0 t)", colour: colours.vermillion },
                ],
              },
              own,
            ),
        },
        {
          share: 2,
          draw: own =>
            lineChart(
              {
                title: "Diffusion under isotropic noise",
                description: "A square root of time.",
                x: time,
                y: { label: "rms change of u^2 - w^2" },
                curves: [broken(t => 2 * kick * Math.sqrt((squares * t) / stepSize))],
                scatters: [{ points: drift(run), colour: colours.orange }],
              },
              own,
            ),
        },
      ],
      surface,
    );
  },
};
