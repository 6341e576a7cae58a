import type { Desk } from "../desk.ts";
import { exactText } from "../exact-text.ts";
import { shortNumber } from "../picture.ts";
import { pointOver } from "../point.ts";
import { CoefficientPanel } from "./coefficient-panel.tsx";
import { History } from "./history.tsx";
import { PhaseMap } from "./phase-map.tsx";
import { Plot } from "./plot.tsx";
import { SlotText } from "./slot-text.tsx";

interface PanelOptions {
  readonly desk: Desk;
}

/** The state as the system has it. */
export const StatePanel = ({ desk: { state } }: PanelOptions) => (
  <section class="panel" aria-label="State">
    <h2>{state.value?.title ?? "State"}</h2>
    {state.value && <Plot picture={state.value} />}
  </section>
);

/** The loss around the state. */
export const PotentialPanel = ({ desk: { potential } }: PanelOptions) =>
  potential.value ? (
    <section class="panel" aria-label="Loss around the state">
      <h2>{potential.value.title}</h2>
      <Plot picture={potential.value} />
    </section>
  ) : null;

export const OrderPanel = ({ desk: { session, isHidden, coefficient } }: PanelOptions) => {
  const { frame, learner, values } = session;
  return (
    <section class="panel" aria-label="Order parameter">
      <h2>
        Order parameter{" "}
        {frame.value && (
          <span class="value">
            {shortNumber(frame.value.order)}, phase {frame.value.label || "between levels"}
          </span>
        )}
      </h2>
      <History session={session} isHidden={isHidden.value} />
      <CoefficientPanel coefficient={coefficient} exact={exactText(learner, frame.value, values.value)} />
    </section>
  );
};

export const TheoryPanel = ({ desk }: PanelOptions) => {
  const { session, over, verdict, revealed, sweep, measure } = desk;
  return (
    <section class="panel" aria-label="Theory and measurement">
      <h2>Theory and measurement</h2>
      <Plot
        picture={over.value}
        marks={over.value.marksAt(session.pointed.value)}
        onPoint={(surface, at) => pointOver(session, at && over.value.controlAt(surface, at[0]))}
      />
      {verdict.value && (
        <p class={`verdict ${verdict.value.outcome}`}>
          <strong>{verdict.value.outcome}</strong> {verdict.value.text}
        </p>
      )}
      {revealed.value && <p class="note">{revealed.value}</p>}
      <SlotText slot={sweep} what="slow sweep" />
      <SlotText slot={measure} what="measurement" />
    </section>
  );
};

export const MapPanel = ({ desk: { session, mapped, map } }: PanelOptions) =>
  mapped.value ? (
    <section class="panel" aria-label="Map">
      <h2>Map of two controls</h2>
      <PhaseMap session={session} picture={mapped.value} />
      <SlotText slot={map} what="map" />
      <p class="quiet">
        {map.slot.value.run
          ? "Ruled cells were not run: they are read from those around them, the fainter the less sure. A click opens the run of a cell."
          : "“Fill the map” runs its cells, near the boundary first."}
        {mapped.value.isPredicted ? " The broken line is the predicted boundary." : ""}
      </p>
    </section>
  ) : null;
