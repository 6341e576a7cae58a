import { countsOf, startEnsemble } from "../../page/ensemble-run.ts";
import { createSession } from "../../page/session.ts";
import { loadSystem } from "../../src/systems/index.ts";
import { serve, type Workload } from "../shared/serve.ts";

interface Settings {
  readonly members: number;
  readonly steps: number;
  readonly stepSize: number;
}

const system = await loadSystem("superposition");
const { learner } = system;

/** What the page trains when it is opened and told nothing else. */
const opening = createSession(system).values.peek() as never as Parameters<typeof startEnsemble>[1];

/** The ensemble of the page from its start to its end, with all that is looked at on the way; a unit is a training step of one member. */
const ensemble = ({ members, steps }: Settings): Workload => {
  const settings: Parameters<typeof startEnsemble>[1] = Object.assign({ ...opening }, { steps });
  let last: readonly string[] = [];
  return {
    units: members * steps,
    check: () => Object.values(countsOf(last)),
    run(calls) {
      for (let call = 0; call < calls; call++) {
        const run = startEnsemble(learner!, settings, 0, members);
        while (run.step < steps) {
          run.advance();
          countsOf(run.labels);
        }
        last = run.labels;
      }
    },
  };
};

/** The first starts of the ensemble, one after the other, and the population loss of the first after so many steps: for the peer. */
const share = ({ members }: Settings): Workload => ({
  units: 1,
  run() {},
  check: () => Array.from({ length: members }, (_, chain) => [...learner!.start(opening, { seed: 0, chain })]).flat(),
});

const losses = ({ steps, stepSize }: Settings): Workload => ({
  units: 1,
  run() {},
  check() {
    const address = { seed: 0, chain: 0 };
    const w = learner!.start(opening, address);
    const objective = learner!.objective(opening, address);
    const gradient = new Float64Array(w.length);
    return Array.from({ length: steps }, () => {
      const loss = objective.lossAndGradient(w, gradient);
      for (let i = 0; i < w.length; i++) w[i] -= stepSize * gradient[i];
      return loss;
    });
  },
});

serve({ Node: process.versions.node, V8: process.versions.v8 }, { ensemble, share, losses });
