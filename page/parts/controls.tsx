import { useRef } from "preact/hooks";
import type { Control } from "../../src/contracts/field.ts";
import { needsOf } from "../../src/contracts/field.ts";
import { LIVE } from "../../src/protocols/live.ts";
import { shortNumber } from "../picture.ts";
import { rangeOf, type Session, tidy } from "../session.ts";

const PLACES = 1000;

/** The knob under the thumb: a slider with the predicted critical values marked, a box for numbers, and which control it turns. */
export const Knob = ({ session, isHidden }: { readonly session: Session; readonly isHidden: boolean }) => {
  const { knob, knobs, values, learner, critical } = session;
  const name = knob.value;
  const control = learner.controls[name];
  const { low, high, isLog } = rangeOf(session, name);
  const value = Number(values.value[name]);
  const share = (at: number) => (isLog ? Math.log(at / low) / Math.log(high / low) : (at - low) / (high - low));
  const from = (place: number) => {
    const at = isLog ? low * (high / low) ** (place / PLACES) : low + ((high - low) * place) / PLACES;
    return control.kind === "integer" ? Math.round(at) : tidy(at);
  };
  const marks = isHidden ? [] : critical.value;
  return (
    <div class="knob">
      <div class="knob-head">
        <label for="knob-slider">{control.summary}</label>
        <input
          id="knob-number"
          type="number"
          aria-label={`${control.summary}, as a number`}
          value={value}
          step="any"
          onChange={event => session.set(name, Number(event.currentTarget.value))}
        />
        <select
          aria-label="control that the slider turns"
          value={name}
          onChange={event => (knob.value = event.currentTarget.value)}
        >
          {knobs.map(each => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      </div>
      <div class="slider">
        <input
          id="knob-slider"
          type="range"
          min={0}
          max={PLACES}
          value={Math.max(0, Math.min(PLACES, Math.round(PLACES * share(Math.max(value, isLog ? low : value)))))}
          aria-valuetext={shortNumber(value)}
          onInput={event => session.set(name, from(Number(event.currentTarget.value)))}
        />
        <div class="marks" aria-hidden="true">
          {marks.map(at => (
            <span key={at} style={{ left: `${100 * share(at)}%` }}>
              {shortNumber(at)}
            </span>
          ))}
        </div>
      </div>
      {marks.length > 0 && (
        <p class="visually-hidden">
          Predicted critical {marks.length > 1 ? "values" : "value"}: {marks.map(shortNumber).join(", ")}.
        </p>
      )}
    </div>
  );
};

/** All other controls of the learner. Those that change what is learned start it anew. */
export const Settings = ({ session }: { readonly session: Session }) => {
  const { values, system, knob, seed } = session;
  const names = Object.keys(system.protocols[LIVE].settings).filter(
    name => name !== knob.value && name !== "spacing" && name !== "stop",
  );
  return (
    <details class="settings">
      <summary>All settings</summary>
      <div class="fields">
        <Field name="seed" control={SEED} value={seed.value} set={value => setSeed(session, value)} />
        {names.map(name => (
          <Field
            key={name}
            name={name}
            control={system.protocols[LIVE].settings[name]}
            value={values.value[name]}
            set={value => session.set(name, value)}
          />
        ))}
      </div>
    </details>
  );
};

const SEED: Control = { kind: "integer", summary: "seed of all random numbers", default: 0, min: 0 };

const setSeed = (session: Session, value: number | string): void => {
  if (!Number.isSafeInteger(value) || Number(value) < 0) return;
  session.seed.value = Number(value);
  session.reset();
};

interface FieldOptions {
  readonly name: string;
  readonly control: Control;
  readonly value: number | string;
  set(value: number | string): void;
}

/** One control as a native input, with what it is and what it needs. */
export const Field = ({ name, control, value, set }: FieldOptions) => {
  const box = useRef<HTMLInputElement>(null);
  const id = `field-${name}`;
  return (
    <div class="field">
      <label for={id} title={control.summary}>
        {name}
      </label>
      {control.kind === "choice" ? (
        <select
          id={id}
          value={value}
          aria-describedby={`${id}-what`}
          onChange={event => set(event.currentTarget.value)}
        >
          {control.choices.map(choice => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
      ) : (
        <input
          ref={box}
          id={id}
          type="number"
          step="any"
          value={value}
          aria-describedby={`${id}-what`}
          onChange={event => {
            set(Number(event.currentTarget.value));
            // What is refused goes back to what it was.
            event.currentTarget.value = String(value);
          }}
        />
      )}
      <span id={`${id}-what`} class="what">
        {control.summary}; {needsOf(control)}
      </span>
    </div>
  );
};
