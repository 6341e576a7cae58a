import { integer } from "../../../contracts/field.ts";
import { invalid } from "../../../errors.ts";

/** Sample sizes that an experiment doubles through. */
export const sizeControls = (to: number) =>
  ({
    from: integer("samples, at first", { default: 64, min: 8, max: 1_000_000, scale: "log" }),
    to: integer("samples, at most; doubled until then", { default: to, min: 8, max: 1_000_000, scale: "log" }),
  }) as const;

export interface Sizes {
  readonly from: number;
  readonly to: number;
}

export const checkSizes = ({ from, to }: Sizes): void => {
  if (from > to) throw invalid("from", from, `at most to, which is ${to}`);
};

export const sizesOf = ({ from, to }: Sizes): readonly number[] => {
  const sizes: number[] = [];
  for (let N = from; N <= to; N *= 2) sizes.push(N);
  return sizes;
};
