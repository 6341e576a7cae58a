import type { Objective } from "../../src/contracts/objective.ts";
import { stream } from "../../src/numerics/stream.ts";
import type { Mass } from "../../src/sampling/mass.ts";
import { nuts } from "../../src/sampling/nuts.ts";
import { normalPrior } from "../../src/sampling/prior.ts";
import { type SampleOptions, sample } from "../../src/sampling/sample.ts";
import { posterior } from "../../src/sampling/target.ts";
import { drawDataset } from "../../src/systems/superposition/model/dataset.ts";
import { empiricalObjective } from "../../src/systems/superposition/model/empirical.ts";

/*
 * What NUTS itself costs on the posterior of the toy model of superposition at n = 1000: CPU time of a run, against that of its gradients
 * alone, at the very points that the run visits, in turns.
 */

const [N, SIZE, ROUNDS] = [1000, 18, 15];
const objective = empiricalObjective(drawDataset(stream({ seed: 1, purpose: "data" }), { c: 6, n: N }), 2);

const optionsFor = (mass: Mass, loss: Objective): SampleOptions => ({
  sampler: nuts({ mass }),
  target: posterior({ objective: loss, nBeta: N, prior: normalPrior({ priorStd: 1, size: SIZE }) }),
  seed: 3,
  chains: 1,
  draws: 700,
  burnIn: 300,
  start: (_chain, random) => Float64Array.from({ length: SIZE }, () => 0.5 * random.normal()),
});

const visitedBy = (mass: Mass): Float64Array[] => {
  const points: Float64Array[] = [];
  const watched: Objective = {
    ...objective,
    lossAndGradient(w, gradient) {
      points.push(w.slice());
      return objective.lossAndGradient(w, gradient);
    },
  };
  sample(optionsFor(mass, watched));
  return points;
};

const seconds = (): number => process.cpuUsage().user / 1e6;

for (const mass of ["none", "diagonal", "dense"] as const) {
  const points = visitedBy(mass);
  const gradient = new Float64Array(SIZE);
  let [alone, whole] = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS; round++) {
    let start = seconds();
    for (const point of points) objective.lossAndGradient(point, gradient);
    alone = Math.min(alone, seconds() - start);
    start = seconds();
    sample(optionsFor(mass, objective));
    whole = Math.min(whole, seconds() - start);
  }
  const each = (time: number): number => (1e6 * time) / points.length;
  console.log(
    JSON.stringify({
      mass,
      gradients: points.length,
      microsecondsAlone: each(alone),
      microsecondsInNuts: each(whole),
      shareOfGradients: alone / whole,
      gradientsPerSecond: points.length / whole,
    }),
  );
}
