import type { Condition } from "../contracts/health.ts";
import type { coloursOf } from "./terminal.ts";

/** How each outcome of a health check is painted. */
export const conditionColours = ({
  green,
  yellow,
  red,
}: ReturnType<typeof coloursOf>): { readonly [condition in Condition]: (text: string) => string } => ({
  good: green,
  doubtful: yellow,
  bad: red,
  undefined: red,
});
