import { useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Exhibits, Figure } from "../../src/charts/exhibits.ts";
import { isAvailable, noExhibits } from "../../src/charts/exhibits.ts";
import { defaultsOf, isAllowed, type Settings } from "../../src/contracts/field.ts";
import type { System } from "../../src/contracts/system.ts";
import { exhibitsOf } from "../../src/exhibits/index.ts";
import { listedSystems } from "../../src/systems/index.ts";
import { tableOfRecords } from "../chart-table.ts";
import type { Picture, TabPictures } from "../picture.ts";
import { plainMath } from "../plain-math.ts";
import type { StudySlot } from "../studies.ts";
import type { StudyRun } from "../workers/run-spec.ts";
import { Chart } from "./chart.tsx";
import { Field } from "./controls.tsx";

/** Any protocol of the system, at settings of its own, with the pictures that reports have. */
export const Runs = ({
  system,
  slot,
  seed,
  kept,
}: {
  readonly system: System;
  readonly slot: StudySlot;
  readonly seed: number;
  /** Where the pictures are kept for taking away. */
  readonly kept: TabPictures;
}) => {
  const names = Object.keys(system.protocols);
  const chosen = useSignal(names[0]);
  const given = useSignal<Settings>({});
  const chains = useSignal(1);
  const own = useSignal<Exhibits>(noExhibits);
  useEffect(() => {
    void listedSystems[system.name].exhibits?.().then(exhibits => (own.value = exhibits));
  }, [system]);
  const protocol = system.protocols[chosen.value];
  const values = { ...defaultsOf(protocol.settings), ...given.value };
  const { state, run } = slot.slot.value;
  const figures = useComputed(() => {
    const shown = slot.slot.value.run;
    if (!shown) return [];
    const special = own.value.figures.filter(figure => figure.needs.length > 0 && isAvailable(figure, shown));
    const all = [...special, ...exhibitsOf(shown, system, { figures: special, tables: [] }).figures];
    return all.map(figure => ({ figure, picture: pictureOf(figure, shown) }));
  });
  kept.runs = figures.value.map(({ picture }) => picture);
  const start = (quick: boolean) =>
    void slot.start({
      system: system.name,
      protocol: chosen.value,
      seed,
      chains: chains.value,
      settings: quick ? { ...protocol.small, ...given.value } : given.value,
    });
  return (
    <div class="runs">
      <p class="row">
        <label for="protocol">Protocol</label>
        <select
          id="protocol"
          value={chosen.value}
          onChange={event => {
            chosen.value = event.currentTarget.value;
            given.value = {};
          }}
        >
          {names.map(name => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
        <label for="chains">members</label>
        <input
          id="chains"
          type="number"
          min={1}
          max={64}
          value={chains.value}
          onChange={event =>
            (chains.value = Math.max(1, Math.min(64, Math.round(Number(event.currentTarget.value)) || 1)))
          }
        />
        <button type="button" onClick={() => (state === "running" ? slot.cancel() : start(false))}>
          {state === "running" ? "Stop" : "Run"}
        </button>
        {protocol.small && state !== "running" && (
          <button type="button" onClick={() => start(true)}>
            Run small
          </button>
        )}
      </p>
      <p class="quiet">{protocol.summary}</p>
      <details>
        <summary>Settings of {chosen.value}</summary>
        <div class="fields">
          {Object.entries(protocol.settings).map(([name, control]) => (
            <Field
              key={`${chosen.value} ${name}`}
              name={name}
              control={control}
              value={values[name]}
              set={value => {
                if (isAllowed(control, value)) given.value = { ...given.value, [name]: value };
              }}
            />
          ))}
        </div>
      </details>
      {run &&
        figures.value.map(({ figure, picture }) => (
          <figure key={figure.name}>
            <h3>{picture.title}</h3>
            <Chart picture={picture} />
            <figcaption>{plainMath(figure.caption(run))}</figcaption>
          </figure>
        ))}
    </div>
  );
};

const pictureOf = (figure: Figure, run: StudyRun): Picture => ({
  name: figure.name,
  title: plainMath(figure.title),
  height: figure.height,
  draw: surface => figure.draw(run, surface),
  table: () => tableOfRecords(run, figure.needs),
});
