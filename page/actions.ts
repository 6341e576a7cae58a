import type { Desk } from "./desk.ts";
import { mapLink, measureLink, sweepLink, trimmed } from "./studies.ts";
import type { Stop } from "./words.ts";

/** What the buttons do that begin an experiment. */
export interface Actions {
  critical(): void;
  sweep(): void;
  measure(): void;
  map(): void;
  coefficient(): void;
  ensemble(): void;
  predict(): void;
}

export const actions = ({ session, sweep, measure, map, coefficient, ensemble, prediction }: Desk): Actions => {
  const own: Actions = {
    critical() {
      const { critical, knob, values } = session;
      const now = Number(values.value[knob.value]);
      const sorted = [...critical.value].sort((a, b) => a - b);
      session.set(knob.value, sorted.find(at => at > now * (1 + 1e-9)) ?? sorted[0]);
      session.play();
    },
    sweep: () => void sweep.start(trimmed(sweepLink(session), session.system)),
    measure: () => void measure.start(trimmed(measureLink(session), session.system)),
    map() {
      const link = mapLink(session);
      if (link) void map.start(trimmed(link, session.system));
    },
    coefficient: () => coefficient.toggle(),
    ensemble: () => (ensemble.state.peek() === "running" ? ensemble.stop() : ensemble.start()),
    predict() {
      const { knob, values } = session;
      if (prediction.peek().stage !== "asking") {
        sweep.cancel();
        prediction.value = { stage: "asking" };
        return;
      }
      prediction.value = { stage: "marked", value: Number(values.value[knob.value]) };
      own.sweep();
    },
  };
  return own;
};

/** Sets the page as a stop of a tour says. */
export const arrive = ({ session }: Desk, act: Actions, { settings = {}, knob, seed, act: deed }: Stop): void => {
  if (knob !== undefined) session.knob.value = knob;
  if (seed !== undefined) session.seed.value = seed;
  for (const [name, value] of Object.entries(settings)) session.set(name, value);
  if (deed === "restart" || deed === undefined) {
    session.reset();
    session.play();
  } else if (deed === "quench") session.quench();
  else act[deed]();
};
