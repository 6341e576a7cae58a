import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { LabLink } from "../src/lab/link.ts";
import { LIVE } from "../src/protocols/live.ts";
import { LIVE_MAP } from "../src/protocols/sweep.ts";
import { type Coefficient, createCoefficient } from "./coefficient.ts";
import { exactText } from "./exact-text.ts";
import { mapPicture } from "./map-picture.ts";
import { potentialPicture, statePicture } from "./micro/index.ts";
import { judged, largestChange, measuredOf, overControlPicture } from "./over-control.ts";
import { Announcer } from "./parts/announcer.tsx";
import { CoefficientPanel } from "./parts/coefficient-panel.tsx";
import { Knob, Settings } from "./parts/controls.tsx";
import { History, historyPicture } from "./parts/history.tsx";
import { More } from "./parts/more.tsx";
import { PhaseMap } from "./parts/phase-map.tsx";
import { Plot } from "./parts/plot.tsx";
import { Toolbar } from "./parts/toolbar.tsx";
import { type Picture, shortNumber } from "./picture.ts";
import type { Session } from "./session.ts";
import { createSlot, mapLink, measureLink, type StudySlot, sweepLink, trimmed } from "./studies.ts";
import { lookFor, type Stop } from "./words.ts";

/** What the visitor expects: asked for before anything is shown, then held against what came. */
type Prediction =
  | { readonly stage: "off" }
  | { readonly stage: "asking" }
  | { readonly stage: "marked"; readonly value: number };

export interface Desk {
  readonly session: Session;
  readonly sweep: StudySlot;
  readonly measure: StudySlot;
  readonly map: StudySlot;
  readonly other: StudySlot;
  readonly coefficient: Coefficient;
}

/** All that a screen works with. */
export const createDesk = (session: Session): Desk => ({
  session,
  sweep: createSlot(session.system),
  measure: createSlot(session.system),
  map: createSlot(session.system),
  other: createSlot(session.system),
  coefficient: createCoefficient(session),
});

/** The screen of a system that learns. */
export const Screen = ({ desk, opened }: { readonly desk: Desk; readonly opened?: LabLink | undefined }) => {
  const { session, sweep, measure, map, coefficient } = desk;
  const { system, learner, knob, status, frame } = session;
  const prediction = useSignal<Prediction>({ stage: "off" });
  const hidden = useComputed(
    () =>
      prediction.value.stage === "asking" ||
      (prediction.value.stage === "marked" && sweep.slot.value.state === "running"),
  );
  const isHidden = hidden.value;
  const act = useMemo(() => actions(desk, prediction), [desk]);

  useEffect(() => {
    // A link to another view begins with that view.
    if (!opened || opened.protocol === LIVE) return;
    if (opened.protocol === "anneal") {
      const { control } = opened.settings;
      if (typeof control === "string" && session.knobs.includes(control)) knob.value = control;
      void sweep.start(opened);
    } else if (opened.protocol === LIVE_MAP)
      void (opened.settings.yControl === "none" || !opened.settings.yControl ? measure : map).start(opened);
    else void desk.other.start(opened);
  }, [opened, desk]);

  const state = useComputed(() => (frame.value ? statePicture(system.name, frame.value) : undefined));
  const potential = useComputed(() => (frame.value ? potentialPicture(frame.value) : undefined));
  const sweepOf = useComputed(() => {
    const { run, link } = sweep.slot.value;
    return link?.settings.control === knob.value ? (run?.records("anneal", "sweep") ?? []) : [];
  });
  const measured = useComputed(() => {
    const { run, link } = measure.slot.value;
    return link?.settings.xControl === knob.value && run
      ? measuredOf(session, run.records(LIVE_MAP, "cell"), knob.value)
      : [];
  });
  const verdict = useComputed(() => (isHidden ? undefined : judged(measured.value)));
  const over = overControlPicture({
    session,
    frame: frame.value,
    sweep: sweepOf.value,
    measured: measured.value,
    isHidden,
    marked: prediction.value.stage === "marked" ? prediction.value.value : undefined,
  });
  const mapped = map.slot.value.link ?? mapLink(session);
  // Apart from the run, which moves many times a second.
  const mapShown = useComputed(() => {
    const link = map.slot.value.link ?? mapLink(session);
    if (!link || !session.knobs.includes(String(link.settings.xControl))) return undefined;
    return mapPicture(session, link, map.slot.value.run?.records(LIVE_MAP, "cell") ?? [], hidden.value);
  });
  const atMap = mapShown.value;
  const pictures: readonly Picture[] = [
    state.value,
    potential.value,
    historyPicture(session),
    over,
    atMap,
    coefficient.picture.value,
  ].filter(each => each !== undefined);
  const revealed = prediction.value.stage === "marked" && !isHidden ? revealText(desk, prediction.value.value) : "";

  return (
    <main id="main" class="screen">
      <header>
        <h1>{system.title}</h1>
        <p class="lead">{lookFor(system.name)}</p>
      </header>
      <section class="deck" aria-label="Controls">
        <Knob session={session} isHidden={isHidden} />
        <Toolbar label="The run">
          <button
            type="button"
            class="main"
            onClick={() => (status.value === "playing" ? session.pause() : session.play())}
            disabled={status.value === "failed"}
          >
            {status.value === "playing" ? "Pause" : "Play"}
          </button>
          <button type="button" onClick={session.step} disabled={status.value === "failed"}>
            Step
          </button>
          <button type="button" onClick={session.reset} title="from the same draw">
            Reset
          </button>
          <button type="button" onClick={session.newSeed}>
            New seed
          </button>
        </Toolbar>
        <Toolbar label="Experiments">
          <button type="button" onClick={act.critical} disabled={isHidden || session.critical.value.length === 0}>
            Jump to critical
          </button>
          <button
            type="button"
            onClick={session.quench}
            title="the knob at once to its far end, the state carried along"
          >
            Quench
          </button>
          <Toggle slot={sweep} start={act.sweep} text="Sweep slowly" />
          <Toggle slot={measure} start={act.measure} text="Measure" />
          {mapped && <Toggle slot={map} start={act.map} text="Fill the map" />}
          <button type="button" onClick={act.coefficient}>
            {coefficient.isOn.value ? "Stop estimating" : "Learning coefficient"}
          </button>
          <button type="button" onClick={act.predict}>
            {prediction.value.stage === "asking" ? "Mark it here" : "Predict first"}
          </button>
        </Toolbar>
        <Settings session={session} />
      </section>
      {prediction.value.stage === "asking" && (
        <p class="ask">
          Theory is hidden. Set the slider where you expect the transition in {knob.value}, then press Mark it here: a
          slow sweep shows what happens.
        </p>
      )}
      <Announcer
        session={session}
        isHidden={isHidden}
        extra={[revealed, verdict.value?.text ?? ""].filter(Boolean).join(" ")}
      />
      {session.carried.value && (
        <p class="note">
          The control was moved on the way: a link gives the run from its start at these values. Reset starts it here.
        </p>
      )}
      <div class="panels">
        <section class="panel" aria-label="State">
          <h2>{state.value?.title ?? "State"}</h2>
          {state.value && <Plot picture={state.value} />}
          {potential.value && (
            <>
              <h3>{potential.value.title}</h3>
              <Plot picture={potential.value} />
            </>
          )}
        </section>
        <section class="panel" aria-label="Order parameter">
          <h2>
            Order parameter{" "}
            {frame.value && (
              <span class="value">
                {shortNumber(frame.value.order)}, phase {frame.value.label || "between levels"}
              </span>
            )}
          </h2>
          <History session={session} isHidden={isHidden} />
          <CoefficientPanel coefficient={coefficient} exact={exactText(learner, frame.value, session.values.value)} />
        </section>
        <section class="panel" aria-label="Theory and measurement">
          <h2>Theory and measurement</h2>
          <Plot picture={over} />
          {verdict.value && (
            <p class={`verdict ${verdict.value.outcome}`}>
              <strong>{verdict.value.outcome}</strong> {verdict.value.text}
            </p>
          )}
          {revealed && <p class="note">{revealed}</p>}
          <SlotText slot={sweep} what="slow sweep" />
          <SlotText slot={measure} what="measurement" />
        </section>
        {atMap && (
          <section class="panel" aria-label="Map">
            <h2>Map of two controls</h2>
            <PhaseMap session={session} picture={atMap} />
            <SlotText slot={map} what="map" />
            <p class="quiet">
              {map.slot.value.run
                ? "Ruled cells were not run: they are read from those around them, the fainter the less sure. A click opens the run of a cell."
                : "“Fill the map” runs its cells, near the boundary first."}
              {session.critical.value.length > 0 ? " The broken line is the predicted boundary." : ""}
            </p>
          </section>
        )}
      </div>
      <More desk={desk} pictures={pictures} go={stop => arrive(desk, act, stop)} />
    </main>
  );
};

const Toggle = ({ slot, start, text }: { readonly slot: StudySlot; start(): void; readonly text: string }) => (
  <button type="button" onClick={() => (slot.slot.value.state === "running" ? slot.cancel() : start())}>
    {slot.slot.value.state === "running" ? `Stop: ${text.toLowerCase()}` : text}
  </button>
);

/** How far a study is, or what its end says. */
export const SlotText = ({ slot, what }: { readonly slot: StudySlot; readonly what: string }) => {
  const { state, done, error, finished } = slot.slot.value;
  if (state === "running")
    return (
      <p class="quiet">
        <label>
          {what}: <progress value={done} max={1} /> {Math.round(100 * done)} %
        </label>
      </p>
    );
  if (state === "failed") return <p class="error">{error}</p>;
  return finished ? (
    <p class="quiet">
      {what} done, content hash <code data-hash={what}>{finished.contentHash.slice(0, 16)}</code>
    </p>
  ) : null;
};

interface Actions {
  critical(): void;
  sweep(): void;
  measure(): void;
  map(): void;
  coefficient(): void;
  predict(): void;
}

const actions = (
  { session, sweep, measure, map, coefficient }: Desk,
  prediction: { value: Prediction; peek(): Prediction },
): Actions => {
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
const arrive = ({ session }: Desk, act: Actions, { settings = {}, knob, seed, act: deed }: Stop): void => {
  if (knob !== undefined) session.knob.value = knob;
  if (seed !== undefined) session.seed.value = seed;
  for (const [name, value] of Object.entries(settings)) session.set(name, value);
  if (deed === "restart" || deed === undefined) {
    session.reset();
    session.play();
  } else if (deed === "quench") session.quench();
  else act[deed]();
};

const revealText = ({ session, sweep }: Desk, marked: number): string => {
  const records = sweep.slot.value.run?.records("anneal", "sweep") ?? [];
  if (sweep.slot.value.state !== "done") return "";
  const span = (direction: "up" | "down"): string => {
    const found = largestChange(records, direction);
    return found ? `${shortNumber(Math.min(...found))} to ${shortNumber(Math.max(...found))}` : "nowhere";
  };
  const critical = session.critical.value.map(shortNumber);
  const theory = critical.length > 0 ? `Theory says ${critical.join(", ")}.` : "Theory has no critical value here.";
  return `You marked ${shortNumber(marked)}. The sweep changed most between ${span("up")} on the way up and ${span("down")} on the way down. ${theory}`;
};
