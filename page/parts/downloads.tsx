import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { System } from "../../src/contracts/system.ts";
import { specOfLink } from "../../src/lab/link.ts";
import { bibtexOf } from "../citation.ts";
import { save, saveCsv, savePng, saveSvg } from "../download.ts";
import type { Picture } from "../picture.ts";
import { trimmed } from "../studies.ts";
import { NumberTable } from "./number-table.tsx";
import type { NamedLink } from "./share.tsx";

/** Milliseconds between two looks at pictures of a run that plays. */
const PAUSE = 1000;

/** Every picture as a file and as a table of numbers, every run as a file that the terminal takes, and how to cite what it is from. */
export const Downloads = ({
  pictures,
  links,
  system,
}: {
  pictures(): readonly Picture[];
  readonly links: readonly NamedLink[];
  readonly system: System;
}) => {
  const all = useSignal(pictures());
  useEffect(() => {
    const timer = setInterval(() => (all.value = pictures()), PAUSE);
    return () => clearInterval(timer);
  }, [pictures]);
  return (
    <div class="downloads">
      {all.value.length > 0 ? <Pictures pictures={all.value} /> : <p>No picture yet.</p>}
      <h3>Config</h3>
      {links.map(({ what, link }) => {
        const file = `${system.name}-${link.protocol}.json`;
        return (
          <p key={what} class="row">
            <button
              type="button"
              onClick={() =>
                save(file, `${JSON.stringify(specOfLink(trimmed(link, system)), null, 2)}\n`, "application/json")
              }
            >
              Config of {what}
            </button>
            <code>landau run {file}</code>
          </p>
        );
      })}
      <h3>Citation</h3>
      <p>
        {system.source.citation}: {system.source.url}
      </p>
      <p class="row">
        <button
          type="button"
          onClick={() => save(`${system.name}.bib`, bibtexOf(system.name, system.source), "application/x-bibtex")}
        >
          BibTeX
        </button>
      </p>
    </div>
  );
};

const Pictures = ({ pictures }: { readonly pictures: readonly Picture[] }) => {
  const chosen = useSignal("");
  const picture = pictures.find(({ name }) => name === chosen.value) ?? pictures[0];
  const failure = useSignal("");
  return (
    <>
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
    </>
  );
};
