import { type Controls, choice, integer, namesOf, number } from "../../contracts/field.ts";
import { chainControls } from "../../protocols/chain-controls.ts";
import { operations } from "./model/operations.ts";

/** The controls that several protocols share, each declared once. */
export const controls = {
  p: integer("modulus, an odd prime", { default: 13, min: 3, max: 251 }),
  K: integer("neurons", { default: 64, min: 1, max: 16384, scale: "log" }),
  op: choice(
    `what is learned: ${namesOf(operations)
      .map(name => `${name}, ${operations[name].summary}`)
      .join("; ")}`,
    namesOf(operations),
    { default: "add" },
  ),
  trainFraction: number("share of the p^2 pairs that is trained on", { default: 0.7, min: 0, max: 1 }),
  centred: choice("whether each output's mean residual over the pairs is subtracted before squaring", ["no", "yes"]),
  ...chainControls,
} as const satisfies Controls;

/** Controls that say which table, with the whole of it as the default. */
export const wholeTable = {
  op: controls.op,
  trainFraction: {
    ...controls.trainFraction,
    summary: "share of the p^2 pairs that is trained on; 1 for the whole table",
    default: 1,
  },
  centred: controls.centred,
} as const satisfies Controls;
