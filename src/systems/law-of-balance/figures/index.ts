import type { Exhibits, Figure, RunView } from "../../../charts/exhibits.ts";
import { lineChart, type Point } from "../../../charts/line-chart.ts";
import { stacked } from "../../../charts/stacked.ts";
import { colours } from "../../../charts/theme.ts";
import type { RunRecord } from "../../../contracts/protocol.ts";
import { exp } from "../../../numerics/elementary.ts";
import { IMBALANCE_RUNS, TEMPERATURES, temperatureStudy } from "../studies.ts";
import { balanceRate, gammaLaw } from "../theory.ts";
import { regimesFigure } from "./regimes.ts";
import { spreadFigure } from "./spread.ts";

const law = { a3: 1, b1: 1, b2: 0.1 };
const POINTS = Array.from({ length: 150 }, (_, i) => 0.001 * (i + 1));

const STUDIES = ["gamma-law", "gamma-sparse", ...TEMPERATURES.map(temperatureStudy)];

/** Mean and variance of v over the temperature: the fluctuations grow, then die with the mean. */
const gammaFigure: Figure = {
  name: "gamma-law",
  title: "The predictor of SGD with inputs of one size: a Gamma law up to T_c",
  width: 760,
  height: 420,
  needs: STUDIES.map(study => ({ study, kind: "final" })),
  caption: () =>
    `Measured: mean and standard deviation of v = u w under SGD with one sample a step, k = 0.1, noise of variance 1, at ${STUDIES.length} step sizes, each over many runs (rings). ` +
    "Theory: the Gamma law with mean (b2 - T a3)/b1 and variance 2 T a3 (b2 - T a3)/b1^2 below T_c = 0.1, a point at zero above (lines). " +
    "Runs a little above T_c are still on their way to zero when they are looked at.",
  draw: (run, surface) => {
    const measured = STUDIES.flatMap(study => {
      const eta = run.study(study)?.settings.eta as number;
      return run.records(study, "final").map(({ mean, variance }) => ({
        eta,
        mean: mean as number,
        spread: Math.sqrt(variance as number),
      }));
    });
    return lineChart(
      {
        title: "Mean and standard deviation of the predictor",
        description: "The mean falls on a line to zero at T_c; the spread rises and falls.",
        x: { label: "temperature T = step size / batch" },
        y: { label: "mean and standard deviation of v" },
        curves: [
          { points: POINTS.map((T): Point => [T, gammaLaw(law, T, 0).mean]), colour: colours.blue, label: "mean" },
          {
            points: POINTS.map((T): Point => [T, Math.sqrt(gammaLaw(law, T, 0).variance)]),
            colour: colours.vermillion,
            label: "standard deviation",
          },
        ],
        scatters: [
          { points: measured.map(({ eta, mean }): Point => [eta, mean]), colour: colours.blue },
          { points: measured.map(({ eta, spread }): Point => [eta, spread]), colour: colours.vermillion },
        ],
        places: [{ label: "T_c", value: 0.1 }],
      },
      surface,
    );
  },
};

/** Settings of the studies of u^2 - w^2, which are the protocol's own: step size, C0 = Var dl/dv, isotropic kick. */
const PATH = { eta: 0.01, C0: 4, kick: 0.002, k: 0.1, difference: 1.4 } as const;
const END = 60;
const TIMES = Array.from({ length: 121 }, (_, i) => (END * i) / 120);

const paths = (run: RunView, noise: string): readonly (readonly RunRecord[])[] => {
  const records = run.records(`imbalance-${noise}`, "path");
  return [...new Set(records.map(({ chain }) => chain))].map(chain => records.filter(each => each.chain === chain));
};

const line = (records: readonly RunRecord[]): Point[] =>
  records.map(({ time, difference }) => [time as number, difference as number]);

/** Root of the mean squared change of u^2 - w^2 over the runs with isotropic noise, at each recorded time. */
const drift = (run: RunView): Point[] => {
  const runs = paths(run, "isotropic");
  return (runs[0] ?? []).map(({ time }, i): Point => {
    const changes = runs.map(path => (path[i]!.difference as number) - (path[0]!.difference as number));
    return [time as number, Math.sqrt(changes.reduce((sum, x) => sum + x * x, 0) / runs.length)];
  });
};

/** u^2 - w^2 is kept by descent, decays under SGD and diffuses under isotropic noise. */
const imbalanceFigure: Figure = {
  name: "imbalance",
  title: "u^2 - w^2: kept by descent, taken away by SGD, diffusing under isotropic noise",
  width: 820,
  height: 720,
  needs: Object.keys(IMBALANCE_RUNS).map(noise => ({ study: `imbalance-${noise}`, kind: "path" })),
  caption: run =>
    `Measured: u^2 - w^2 over time (step size ${PATH.eta} times steps) for descent on the mean loss (green, one run), SGD with one sample a step (blue, ${paths(run, "sgd").length} runs) and descent ` +
    `with isotropic noise of standard deviation ${PATH.kick} a step in each weight (orange, ${paths(run, "isotropic").length} runs, of which 8 are shown); below, the root mean square change of the latter (rings). ` +
    "Theory (broken): constant; exponential decay at the rate T C0 = 0.04; below, 2 kick sqrt(n (u^2 + w^2)) after n steps, with u^2 + w^2 as in the valley u w = k of the start's u^2 - w^2.",
  draw: (run, surface) =>
    stacked(
      { title: "Law of balance", description: "Paths of u^2 - w^2 above, diffusion below." },
      [
        {
          share: 3,
          draw: own =>
            lineChart(
              {
                title: "u^2 - w^2 over time",
                description: "Flat, exponentially falling and wandering lines.",
                x: { label: "time = step size x steps" },
                y: { label: "u^2 - w^2" },
                curves: [
                  ...paths(run, "isotropic")
                    .slice(0, 8)
                    .map(path => ({ points: line(path), colour: colours.orange, opacity: 0.5, strokeWidth: 1 })),
                  ...paths(run, "sgd").map(path => ({
                    points: line(path),
                    colour: colours.blue,
                    opacity: 0.6,
                    strokeWidth: 1,
                  })),
                  ...paths(run, "none").map(path => ({ points: line(path), colour: colours.green, strokeWidth: 2 })),
                  {
                    points: TIMES.map(
                      (time): Point => [time, PATH.difference * exp(-balanceRate(PATH.eta, PATH.C0, 0) * time)],
                    ),
                    colour: colours.vermillion,
                    strokeWidth: 2,
                    dashed: true,
                  },
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
                x: { label: "time = step size x steps" },
                y: { label: "rms change of u^2 - w^2" },
                curves: [
                  {
                    points: TIMES.map((time): Point => {
                      const squares = Math.sqrt(PATH.difference * PATH.difference + 4 * PATH.k * PATH.k);
                      return [time, 2 * PATH.kick * Math.sqrt((squares * time) / PATH.eta)];
                    }),
                    colour: colours.vermillion,
                    dashed: true,
                  },
                ],
                scatters: [{ points: drift(run), colour: colours.orange }],
              },
              own,
            ),
        },
      ],
      surface,
    ),
};

export const figures: Exhibits = {
  figures: [gammaFigure, spreadFigure, regimesFigure, imbalanceFigure],
  tables: [],
  formulae: [
    {
      tex: String.raw`(u^2 - w^2)_{t+1} = (u^2 - w^2)_t \bigl[(1 - 2\eta\gamma)^2 - \eta^2 G_t^2\bigr]`,
      meaning: "What one step of SGD does to the imbalance of two layers, exactly.",
      where: "Theorem 3.1 in discrete time",
    },
  ],
  bibtex: `@article{ziyin2023balance,
  title         = {Law of Balance and Stationary Distribution of Stochastic Gradient Descent},
  author        = {Ziyin, Liu and Li, Hongchao and Ueda, Masahito},
  year          = {2023},
  eprint        = {2308.06671},
  archivePrefix = {arXiv}
}`,
};
