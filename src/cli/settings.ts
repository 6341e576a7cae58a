import type { Controls, Settings } from "../contracts/field.ts";
import { invalid } from "../errors.ts";
import { find } from "./find.ts";
import { controlValue } from "./option-values.ts";

/** The settings that `key=value` words name. Throws a LandauError of kind "input" that names a wrong key or value. */
export const parseSettings = (pairs: readonly string[], controls: Controls): Settings =>
  Object.fromEntries(
    pairs.map(pair => {
      const [, key, value] = /^([^=]+)=(.*)$/.exec(pair) ?? [];
      if (key === undefined) throw invalid("--set", pair, "key=value");
      return [key, controlValue(key, value, find("setting", key, controls))];
    }),
  );

/** The same, with the defaults of all others. */
export const settingsOf = (pairs: readonly string[], controls: Controls): Settings => ({
  ...Object.fromEntries(Object.entries(controls).map(([key, control]) => [key, control.default])),
  ...parseSettings(pairs, controls),
});
