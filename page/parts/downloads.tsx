import { useSignal } from "@preact/signals";
import type { System } from "../../src/contracts/system.ts";
import { saveCsv, savePng, saveSvg } from "../download.ts";
import { type Picture, shortNumber } from "../picture.ts";

const MOST_ROWS = 200;

/** Every picture as a file and as a table of numbers, and how to cite what it is from. */
export const Downloads = ({ pictures, system }: { readonly pictures: readonly Picture[]; readonly system: System }) => {
  const chosen = useSignal("");
  const picture = pictures.find(({ name }) => name === chosen.value) ?? pictures[0];
  const failure = useSignal("");
  if (!picture) return <p>No picture yet.</p>;
  const table = picture.table();
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
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section class="scroll" tabIndex={0} aria-label={`numbers of ${picture.title}`}>
        <table class="data">
          <caption>
            {picture.title}: {table.rows.length} rows
            {table.rows.length > MOST_ROWS ? `, the first ${MOST_ROWS} shown; the CSV has all` : ""}
          </caption>
          <thead>
            <tr>
              {table.columns.map(column => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.slice(0, MOST_ROWS).map((row, i) => (
              <tr key={i}>
                {row.map((cell, k) => (
                  <td key={k}>{typeof cell === "number" ? shortNumber(cell) : cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <h3>Citation</h3>
      <p>
        {system.source.citation}: {system.source.url}
      </p>
    </div>
  );
};
