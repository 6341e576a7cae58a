import type { SavedState } from "../contracts/protocol.ts";
import { LandauError } from "../errors.ts";
import type { SamplerState } from "./sampler.ts";

/*
 * A sampler's state as one flat table of numbers and arrays, which a run folder can keep: rungs[2].w becomes "rungs/2/w". Arrays are
 * copied both ways.
 */

export const flatState = (state: SamplerState, prefix = ""): SavedState => {
  const flat: { [name: string]: number | Float64Array } = {};
  for (const [name, value] of Object.entries(state)) {
    const key = `${prefix}${name}`;
    if (typeof value === "number") flat[key] = value;
    else if (value instanceof Float64Array) flat[key] = value.slice();
    else value.forEach((inner, i) => void Object.assign(flat, flatState(inner, `${key}/${i}/`)));
  }
  return flat;
};

/** Writes the entries of `flat` under `prefix` over a state of the same form. Throws a LandauError when one does not fit. */
export const restoreState = (state: SamplerState, flat: SavedState, prefix = ""): void => {
  for (const [name, value] of Object.entries(state)) {
    const key = `${prefix}${name}`;
    if (Array.isArray(value)) {
      value.forEach((inner, i) => void restoreState(inner, flat, `${key}/${i}/`));
      continue;
    }
    const saved = flat[key];
    if (typeof value === "number" && typeof saved === "number") state[name] = saved;
    else if (value instanceof Float64Array && saved instanceof Float64Array && saved.length === value.length)
      value.set(saved);
    else
      throw new LandauError(
        "store",
        `the saved state has no ${key} of the form that this sampler needs: it was made with other settings`,
      );
  }
};
