import { useSignal } from "@preact/signals";
import type { Stop } from "../words.ts";
import { Toolbar } from "./toolbar.tsx";

/** A few stops, each of which sets the page so that it shows what is told. */
export const Tour = ({ stops, go }: { readonly stops: readonly Stop[]; go(stop: Stop): void }) => {
  const at = useSignal(-1);
  const to = (next: number) => {
    at.value = next;
    go(stops[next]);
  };
  return (
    <div class="tour">
      {at.value < 0 ? (
        <p>{stops.length} stops; each sets the page so that you see what it tells.</p>
      ) : (
        <p aria-live="polite">
          <strong>
            {at.value + 1} of {stops.length}.
          </strong>{" "}
          {stops[at.value].text}
        </p>
      )}
      <Toolbar label="Tour">
        <button type="button" disabled={at.value <= 0} onClick={() => to(at.value - 1)}>
          Back
        </button>
        <button type="button" disabled={at.value >= stops.length - 1} onClick={() => to(at.value + 1)}>
          {at.value < 0 ? "Begin the tour" : "Next"}
        </button>
      </Toolbar>
    </div>
  );
};
