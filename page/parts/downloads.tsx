import { useSignal } from "@preact/signals";
import type { System } from "../../src/contracts/system.ts";
import { saveCsv, savePng, saveSvg } from "../download.ts";
import type { Picture } from "../picture.ts";
import { NumberTable } from "./number-table.tsx";

/** Every picture as a file and as a table of numbers, and how to cite what it is from. */
export const Downloads = ({ pictures, system }: { readonly pictures: readonly Picture[]; readonly system: System }) => {
  const chosen = useSignal("");
  const picture = pictures.find(({ name }) => name === chosen.value) ?? pictures[0];
  const failure = useSignal("");
  if (!picture) return <p>No picture yet.</p>;
  return (
    <div class="downloads">
      <p class="row">
        <label for="picture">Picture</label>
        <select id="picture" value={picture.name} onChange={event => (chosen.value = event.currentTarget.value)}>
          {pictures.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
        <button type="button" onClick={() => saveSvg(picture)}>
          SVG
        </button>
        <button
          type="button"
          onClick={() => {
            failure.value = "";
            savePng(picture).catch(() => (failure.value = "The browser could not make a PNG of it: take the SVG."));
          }}
        >
          PNG
        </button>
        <button type="button" onClick={() => saveCsv(picture)}>
          CSV
        </button>
      </p>
      {failure.value && <p class="error">{failure.value}</p>}
      <NumberTable table={picture.table()} label={`numbers of ${picture.title}`} />
      <h3>Citation</h3>
      <p>
        {system.source.citation}: {system.source.url}
      </p>
    </div>
  );
};
