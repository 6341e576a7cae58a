import type { Curve, Scatter } from "../../../charts/line-chart.ts";
import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { chartsFigure } from "../../../exhibits/chart-figure.ts";
import { exp, log } from "../../../numerics/elementary.ts";
import { mean, quantile } from "../../../numerics/statistics.ts";
import { branch, byNumber } from "../../../protocols/records.ts";
import { couplingRuns, DEPTHS, GAMMA, strongAt, sweeps, VARIANCE } from "../studies.ts";
import { squareAtJump, strongSquare, upperCoupling } from "../theory/laws.ts";

const [WEAKEST, STRONGEST] = [0.005, 1.4e4];
/** Weaker couplings than this are not strong. */
const STRONG = 8;
const POINTS = 300;

/** |M| of the ordered state from strong couplings down to its end. */
const theory = (D: number): Curve => {
  const strong = strongAt(D);
  const end = upperCoupling(strong) as number;
  const falling = Array.from({ length: POINTS }, (_, i) => {
    const left = 1 - i / POINTS;
    // On the log axis, denser towards the end, where M falls fastest.
    const sigma = end * exp(log(STRONG / end) * left * left);
    return [sigma, Math.sqrt(strongSquare(strong, sigma))] as const;
  });
  return {
    points: [...falling, [end, Math.sqrt(squareAtJump(strong) as number)], [end, 0], [STRONGEST, 0]],
    colour: colours.vermillion,
    dashed: true,
  };
};

/** Mean over the draws with the middle 80 per cent of them. */
const fresh = (run: RunView, D: number): Scatter => {
  const all = byNumber(couplingRuns[D].of(run, "coupling"), ({ sigma }) => sigma).map(
    ([sigma, records]) => [sigma, records.map(({ order }) => order)] as const,
  );
  return {
    points: all.map(([sigma, orders]) => [sigma, mean(orders)]),
    ranges: all.map(([, orders]) => [quantile(orders, 0.1), quantile(orders, 0.9)]),
    colour: colours.grey,
  };
};

const carried = (run: RunView, D: number, direction: "up" | "down", colour: string): Scatter => ({
  points: branch(sweeps[D].of(run, "sweep"), direction).map(({ control, order }) => [control, order]),
  colour,
});

/** The order parameter over the coupling for each depth: disorder, order, disorder. */
export const orderFigure = chartsFigure({
  name: "collective-order",
  title: "Disorder, order, disorder: the common mean over the coupling",
  description: "Four depths, one below the other.",
  width: 800,
  height: 960,
  needs: DEPTHS.flatMap(D => [couplingRuns[D].has("coupling"), sweeps[D].has("sweep")]),
  caption: run =>
    `Measured: |M| of 200 networks, private data of variance ${VARIANCE}, weight decay ${GAMMA}. Grey: after t = 10 from uniform starts, mean over ` +
    `${run.study(couplingRuns[1].name)?.chains ?? 0} draws (bars: the middle 80 per cent). Blue and orange: one set of networks with the quantiles of the normal law as data, carried up and down with ` +
    "ten decay times at each coupling and kicks of 0.001 on the way back. Theory (broken): the ordered state at strong coupling, to leading order in 1/sigma, up to its end at sigma_c2 (dotted). " +
    "With one hidden layer M vanishes continuously and returns; with two or three it falls at a jump and zero keeps the networks. After t = 10 none of this end is seen yet. " +
    "Carried down to weak couplings, networks with one hidden layer keep the sign they had in common: the boundary there is a freezing, which depends on where one comes from.",
  charts: run =>
    DEPTHS.map(D => ({
      title: `D = ${D}`,
      description: D === 0 ? "Flat: no transition." : "Small, large, and small again.",
      x: { label: "coupling sigma", scale: "log", domain: [WEAKEST, STRONGEST] },
      y: { label: `|M|, D = ${D}`, domain: [-0.03, 1] },
      curves: D === 0 ? [] : [theory(D)],
      scatters: [fresh(run, D), carried(run, D, "up", colours.blue), carried(run, D, "down", colours.orange)],
      ...(D > 0
        ? { places: [{ label: "sigma_c2", value: upperCoupling(strongAt(D)) as number }] }
        : {
            key: [
              { sample: "ring", text: "t = 10 from the start", colour: colours.grey },
              { sample: "ring", text: "carried up", colour: colours.blue },
              { sample: "ring", text: "carried down", colour: colours.orange },
              { sample: "dashed", text: "theory", colour: colours.vermillion },
            ],
          }),
    })),
});
