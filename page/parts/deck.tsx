import type { Actions } from "../actions.ts";
import type { Desk } from "../desk.ts";
import { mapLink, type StudySlot } from "../studies.ts";
import { Knob, Settings } from "./controls.tsx";
import { Toolbar } from "./toolbar.tsx";

/** All that is turned and pressed: the knob, the run, the experiments, the other settings. */
export const Deck = ({ desk, act }: { readonly desk: Desk; readonly act: Actions }) => {
  const { session, prediction, isHidden } = desk;
  return (
    <>
      <section class="deck" aria-label="Controls">
        <Knob session={session} isHidden={isHidden.value} />
        <RunButtons desk={desk} />
        <Experiments desk={desk} act={act} />
        <Settings session={session} />
      </section>
      {prediction.value.stage === "asking" && (
        <p class="ask">
          Theory is hidden. Set the slider where you expect the transition in {session.knob.value}, then press Mark it
          here: a slow sweep shows what happens.
        </p>
      )}
    </>
  );
};

const RunButtons = ({ desk: { session } }: { readonly desk: Desk }) => {
  const status = session.status.value;
  return (
    <Toolbar label="The run">
      <button
        type="button"
        class="main"
        onClick={() => (status === "playing" ? session.pause() : session.play())}
        disabled={status === "failed"}
      >
        {status === "playing" ? "Pause" : "Play"}
      </button>
      <button type="button" onClick={session.step} disabled={status === "failed"}>
        Step
      </button>
      <button type="button" onClick={session.reset} title="from the same draw">
        Reset
      </button>
      <button type="button" onClick={session.newSeed}>
        New seed
      </button>
    </Toolbar>
  );
};

const Experiments = ({ desk, act }: { readonly desk: Desk; readonly act: Actions }) => {
  const { session, sweep, measure, map, coefficient, ensemble, prediction, isHidden } = desk;
  return (
    <Toolbar label="Experiments">
      <button type="button" onClick={act.critical} disabled={isHidden.value || session.critical.value.length === 0}>
        Jump to critical
      </button>
      <button type="button" onClick={session.quench} title="the knob at once to its far end, the state carried along">
        Quench
      </button>
      <Toggle slot={sweep} start={act.sweep} text="Sweep slowly" />
      <Toggle slot={measure} start={act.measure} text="Measure" />
      {(map.slot.value.link ?? mapLink(session)) && <Toggle slot={map} start={act.map} text="Fill the map" />}
      <button type="button" onClick={act.ensemble}>
        {ensemble.state.value === "running" ? "Stop: many seeds" : "Many seeds"}
      </button>
      <button type="button" onClick={act.coefficient}>
        {coefficient.isOn.value ? "Stop estimating" : "Learning coefficient"}
      </button>
      <button type="button" onClick={act.predict}>
        {prediction.value.stage === "asking" ? "Mark it here" : "Predict first"}
      </button>
    </Toolbar>
  );
};

const Toggle = ({ slot, start, text }: { readonly slot: StudySlot; start(): void; readonly text: string }) => (
  <button type="button" onClick={() => (slot.slot.value.state === "running" ? slot.cancel() : start())}>
    {slot.slot.value.state === "running" ? `Stop: ${text.toLowerCase()}` : text}
  </button>
);
