import type { Controls, Settings } from "../contracts/field.ts";
import { invalid, LandauError } from "../errors.ts";
import { unknownSetting } from "../lab/complete-spec.ts";
import { fieldValue } from "./option-values.ts";

/** The settings that `key=value` words name. Throws a LandauError of kind "input" that names a wrong key or value. */
export const parseSettings = (pairs: readonly string[], controls: Controls): Settings =>
  Object.fromEntries(
    pairs.map(pair => {
      const [, key, value] = /^([^=]+)=(.*)$/.exec(pair) ?? [];
      if (key === undefined) throw invalid("--set", pair, "key=value");
      if (!Object.hasOwn(controls, key)) throw new LandauError("input", unknownSetting(key, controls));
      return [key, fieldValue(key, value, controls[key])];
    }),
  );

/** The same, with the defaults of all others. */
export const settingsOf = (pairs: readonly string[], controls: Controls): Settings => ({
  ...Object.fromEntries(Object.entries(controls).map(([key, control]) => [key, control.default])),
  ...parseSettings(pairs, controls),
});
