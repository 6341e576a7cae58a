import { useSignal } from "@preact/signals";
import type { Picture } from "../picture.ts";
import { NumberTable } from "./number-table.tsx";
import { Plot } from "./plot.tsx";

/** A picture that stands still, with its numbers below it for those who open them. */
export const Chart = ({ picture }: { readonly picture: Picture }) => {
  const isOpen = useSignal(false);
  return (
    <div class="chart">
      <Plot picture={picture} />
      <details onToggle={event => (isOpen.value = event.currentTarget.open)}>
        <summary>Numbers</summary>
        {isOpen.value && <NumberTable table={picture.table()} label={`numbers of ${picture.title}`} />}
      </details>
    </div>
  );
};
