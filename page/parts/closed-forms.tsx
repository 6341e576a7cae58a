import { type Signal, useSignal } from "@preact/signals";
import { lineChart, type Point } from "../../src/charts/line-chart.ts";
import { colours, series } from "../../src/charts/theme.ts";
import type { Field as AnyField, Control } from "../../src/contracts/field.ts";
import { readFields } from "../../src/contracts/field.ts";
import type { Json, JsonObject } from "../../src/contracts/json.ts";
import type { System, TheoryEntry } from "../../src/contracts/system.ts";
import { isLandauError } from "../../src/errors.ts";
import { rangeOf, valueAt } from "../form-range.ts";
import { alike, numbersOf } from "../numbers-of.ts";
import { type Picture, shortNumber, type TabPictures } from "../picture.ts";
import { type FormView, formOf, type OpeningForm } from "../words.ts";
import { Chart } from "./chart.tsx";
import { Field } from "./controls.tsx";

const POINTS = 61;

/** The closed form that a system opens with. */
export const openingForm = ({ name, theory }: System): FormView => {
  const opening = formOf(name);
  const names = Object.keys(theory);
  return {
    name: opening?.name ?? names.find(each => numbersIn(theory[each]).length > 0) ?? names[0],
    inputs: {},
    along: opening?.along ?? "",
  };
};

interface ClosedFormsOptions {
  readonly system: System;
  readonly view: Signal<FormView>;
  /** Where the curve is kept for taking away. */
  readonly kept: TabPictures;
}

/** A closed form at inputs that can be turned, and as a curve over one of them. */
export const ClosedForms = ({ system, view, kept }: ClosedFormsOptions) => {
  const names = Object.keys(system.theory);
  const opening = formOf(system.name);
  const { name, along: axis } = view.value;
  const turn = (input: string, value: Json): void => {
    view.value = { ...view.value, inputs: { ...view.value.inputs, [input]: value } };
  };
  const entry = system.theory[name];
  if (!entry) return <p>No closed form.</p>;
  const inputs: JsonObject = { ...openingInputs(entry), ...view.value.inputs };
  const answer = evaluate(entry, inputs);
  const along = numbersIn(entry).includes(axis) ? axis : numbersIn(entry)[0];
  // The opening form has a range of its own.
  const ranged = opening?.name === name ? opening : undefined;
  const curve = along === undefined ? undefined : curveOf(ranged, entry, name, inputs, along);
  kept.form = curve;
  return (
    <div class="forms">
      <p class="row">
        <label for="form">Closed form</label>
        <select
          id="form"
          value={name}
          onChange={event => {
            view.value = { ...view.value, name: event.currentTarget.value, inputs: {} };
          }}
        >
          {names.map(each => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      </p>
      <p>
        {entry.summary} <span class="quiet">({entry.where})</span>
      </p>
      {along !== undefined && (
        <AxisSlider
          opening={ranged}
          entry={entry}
          along={along}
          value={Number(inputs[along])}
          set={value => turn(along, value)}
        />
      )}
      <div class="fields">
        {Object.entries(entry.inputs).map(([input, field]) =>
          isControl(field) ? (
            <Field
              key={input}
              name={input}
              control={field}
              value={inputs[input] as number | string}
              set={value => turn(input, value)}
            />
          ) : (
            <JsonField key={input} name={input} field={field} value={inputs[input]} set={value => turn(input, value)} />
          ),
        )}
      </div>
      {"error" in answer ? <p class="error">{answer.error}</p> : <AnswerTable name={name} value={answer.value} />}
      {curve && (
        <>
          <p class="row">
            <label for="axis">over</label>
            <select
              id="axis"
              value={along}
              onChange={event => (view.value = { ...view.value, along: event.currentTarget.value })}
            >
              {numbersIn(entry).map(each => (
                <option key={each} value={each}>
                  {each}
                </option>
              ))}
            </select>
          </p>
          <Chart picture={curve} />
        </>
      )}
    </div>
  );
};

const isControl = (field: AnyField): field is Control =>
  field.kind === "number" || field.kind === "integer" || field.kind === "choice";

/** Inputs that can be an axis. */
const numbersIn = ({ inputs }: TheoryEntry): readonly string[] =>
  Object.entries(inputs).flatMap(([name, { kind }]) => (kind === "number" || kind === "integer" ? [name] : []));

/** Something to begin with where a form has no default of its own. */
const openingInputs = ({ inputs }: TheoryEntry): JsonObject =>
  Object.fromEntries(Object.entries(inputs).map(([name, field]) => [name, openingOf(field)]));

const openingOf = (field: AnyField): Json => {
  if ("default" in field && field.default !== undefined) return field.default as Json;
  switch (field.kind) {
    case "number":
    case "integer": {
      const { min = -Infinity, max = Infinity, above = -Infinity } = field;
      const low = Math.max(min, above >= 0 ? (field.kind === "integer" ? above + 1 : above + 0.5) : -Infinity);
      return Math.min(max, Math.max(1, Number.isFinite(low) ? low : 1));
    }
    case "choice":
      return field.choices[0];
    case "flag":
      return false;
    case "list":
      return Array.from({ length: field.length ?? Math.max(1, field.least ?? 1) }, () => openingOf(field.of));
    case "matrix":
      return [
        [1, 0],
        [0, 1],
      ];
    case "exact":
      return 1;
    default:
      return field.optional ? null : field.kind === "text" ? "" : {};
  }
};

type Answered = { readonly value: unknown } | { readonly error: string };

const evaluate = (entry: TheoryEntry, inputs: JsonObject): Answered => {
  try {
    return { value: entry.evaluate(readFields(entry.inputs, inputs) as never) };
  } catch (error) {
    if (isLandauError(error)) return { error: error.message };
    return { error: `cannot be evaluated at these inputs: ${error instanceof Error ? error.message : error}` };
  }
};

const AxisSlider = ({
  opening,
  entry,
  along,
  value,
  set,
}: {
  readonly opening: OpeningForm | undefined;
  readonly entry: TheoryEntry;
  readonly along: string;
  readonly value: number;
  set(value: number): void;
}) => {
  const field = entry.inputs[along];
  const anchor = Number(openingInputs(entry)[along]);
  const range = rangeOf(opening, entry, along, anchor);
  const share =
    range.isLog && range.low > 0
      ? Math.log(value / range.low) / Math.log(range.high / range.low)
      : (value - range.low) / (range.high - range.low);
  return (
    <div class="slider">
      <label for="form-slider">
        {along}: {field.summary}
      </label>
      <input
        id="form-slider"
        type="range"
        min={0}
        max={200}
        value={Math.round(200 * Math.max(0, Math.min(1, share)))}
        aria-valuetext={shortNumber(value)}
        onInput={event => {
          const at = valueAt(range, Number(event.currentTarget.value) / 200);
          set(field.kind === "integer" ? Math.round(at) : Number(at.toPrecision(4)));
        }}
      />
    </div>
  );
};

/** The numbers of an answer over an input, those that are far apart each to its own scale left to the table. */
const curveOf = (
  opening: OpeningForm | undefined,
  entry: TheoryEntry,
  name: string,
  inputs: JsonObject,
  along: string,
): Picture | undefined => {
  const field = entry.inputs[along];
  const range = rangeOf(opening, entry, along, Number(openingInputs(entry)[along]));
  const lines = new Map<string, Point[]>();
  let last = Number.NaN;
  for (let i = 0; i < POINTS; i++) {
    const value = valueAt(range, i / (POINTS - 1));
    const at = field.kind === "integer" ? Math.round(value) : value;
    if (at === last) continue;
    last = at;
    const answer = evaluate(entry, { ...inputs, [along]: at });
    if ("error" in answer) continue;
    for (const [key, number] of numbersOf(name, answer.value))
      if (Number.isFinite(number)) lines.set(key, [...(lines.get(key) ?? []), [at, number]]);
  }
  const drawn = alike(
    [...lines].filter(([, points]) => points.length > 1),
    opening?.quantities,
  );
  if (drawn.length === 0) return undefined;
  const now = Number(inputs[along]);
  return {
    name: `form-${name}`,
    title: `${name} over ${along}`,
    height: 260,
    draw: surface =>
      lineChart(
        {
          title: `${name} over ${along}`,
          description: `${drawn.map(([key]) => key).join(", ")} over ${along}.`,
          x: { label: along, ...(range.isLog && { scale: "log" as const }) },
          y: { label: name },
          curves: drawn.map(([label, points], i) => ({
            points,
            label: drawn.length > 1 ? label : "",
            colour: series[i],
          })),
          scatters: drawn.flatMap(([, points]) => {
            const near = points.reduce(
              (best, point) => (Math.abs(point[0] - now) < Math.abs(best[0] - now) ? point : best),
              points[0],
            );
            return [{ points: [near], colour: colours.vermillion }];
          }),
        },
        surface,
      ),
    table: () => ({
      columns: [along, "quantity", "value"],
      rows: drawn.flatMap(([key, points]) => points.map(([a, b]) => [a, key, b])),
    }),
  };
};

const MOST = 12;

const textOf = (value: unknown): string => {
  if (typeof value === "number") return shortNumber(value);
  if (value === null || value === undefined) return "none";
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const entries = Array.from(value as ArrayLike<unknown>);
    return `${entries.slice(0, MOST).map(textOf).join(", ")}${entries.length > MOST ? `, ... (${entries.length})` : ""}`;
  }
  if (typeof value === "object")
    return Object.entries(value)
      .map(([key, each]) => `${key} ${textOf(each)}`)
      .join("; ");
  return String(value);
};

const AnswerTable = ({ name, value }: { readonly name: string; readonly value: unknown }) => {
  const isPlain = value !== null && typeof value === "object" && !Array.isArray(value) && !ArrayBuffer.isView(value);
  const rows = isPlain ? Object.entries(value) : [[name, value] as const];
  return (
    <table class="answer" aria-live="polite">
      <tbody>
        {rows.map(([key, each]) => (
          <tr key={key}>
            <th scope="row">{key}</th>
            <td>{textOf(each)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** Lists, matrices and what else has no input of its own, as JSON. */
const JsonField = ({
  name,
  field,
  value,
  set,
}: {
  readonly name: string;
  readonly field: AnyField;
  readonly value: Json;
  set(value: Json): void;
}) => {
  const error = useSignal("");
  const id = `json-${name}`;
  return (
    <div class="field">
      <label for={id}>{name}</label>
      <input
        id={id}
        type="text"
        value={JSON.stringify(value)}
        aria-describedby={`${id}-what`}
        onChange={event => {
          const text = event.currentTarget.value;
          try {
            set(JSON.parse(text));
            error.value = "";
          } catch {
            error.value = `${text.slice(0, 40)} is no JSON: a list is written [1, 2]`;
          }
        }}
      />
      <span id={`${id}-what`} class="what">
        {error.value || field.summary}
      </span>
    </div>
  );
};
