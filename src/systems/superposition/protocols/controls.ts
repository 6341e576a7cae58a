import { type Controls, choice, integer, number } from "../../../contracts/field.ts";
import { families, familyPoint } from "../theory/families.ts";

/** The knobs that several protocols share, each defined once. */
export const controls = {
  c: integer("features", { default: 6, min: 3, max: 64 }),
  r: integer("hidden dimension, below c", { default: 2, min: 1, max: 32 }),
  n: integer("samples drawn once per chain", { default: 1000, min: 1, max: 10_000_000, scale: "log" }),
  kappa: number("weight of the unhalved loss in the log likelihood: 1/2 is unit observation noise", {
    default: 1,
    min: 1e-6,
    max: 1e6,
    scale: "log",
  }),
  family: choice(
    "critical point",
    families.map(({ label }) => label),
    { default: "5" },
  ),
  vestigialBias: number("bias of negative vestigial features", { default: -1, min: -10, max: 0 }),
} as const satisfies Controls;

/** Refuses a family that c features have not. Throws a LandauError of kind "input". */
export const checkFamily = ({ c, family }: { readonly c: number; readonly family: string }): void =>
  void familyPoint(c, family, -1);
