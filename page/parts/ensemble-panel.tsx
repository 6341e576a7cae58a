import { type Ensemble, LARGEST_ENSEMBLE, labelsOf } from "../ensemble.ts";
import { Plot } from "./plot.tsx";

/** Where many seeds come to rest, as they go. */
export const EnsemblePanel = ({ ensemble }: { readonly ensemble: Ensemble }) => {
  const { members, state, looks, rate, error, picture } = ensemble;
  const last = looks.value.at(-1);
  return (
    <section class="panel" aria-label="Many seeds">
      <h2>Many seeds</h2>
      <p class="row">
        <label for="members">members</label>
        <input
          id="members"
          type="number"
          min={1}
          max={LARGEST_ENSEMBLE}
          value={members.value}
          onChange={event => {
            members.value = Math.max(1, Math.min(LARGEST_ENSEMBLE, Math.round(Number(event.currentTarget.value)) || 1));
            ensemble.start();
          }}
        />
      </p>
      {picture.value && <Plot picture={picture.value} />}
      {last && (
        <p>
          Step {last.step}:{" "}
          {labelsOf(looks.value)
            .filter(label => last.counts[label])
            .map(label => `${last.counts[label]} in ${label || "no phase yet"}`)
            .join(", ")}
          .
        </p>
      )}
      {state.value === "failed" && <p class="error">{error.value}</p>}
      <p class="quiet" data-rate={rate.value} data-state={state.value}>
        {looks.value.length === 0
          ? "“Many seeds” trains so many members at once, each from a start of its own: how many come to rest in which phase?"
          : `${state.value === "running" ? "Running: " : ""}${Math.round(rate.value).toLocaleString("en")} training steps a second, of all members together. The same members come from the link under Share.`}
      </p>
    </section>
  );
};
