import { invalid } from "../../../errors.ts";

export interface ShapeFamily {
  readonly p: readonly number[];
  readonly q: readonly number[];
  /** Values of the control. */
  readonly K: number;
  /** Last value of p, or the one that differs. */
  readonly j: number;
  /** Length of the ramp. */
  readonly ramp: number;
}

/** Families of distributions: p then q, q at one value alone, and p turning into q over some values. */
export const shapeFamilies = ({ p, q, K, j, ramp }: ShapeFamily) => {
  if (q.length !== p.length) throw invalid("the length of q", q.length, `${p.length}, as p has`);
  if (j >= K) throw invalid("j", j, `less than the ${K} values of the control`);
  const mixed = (share: number): number[] => p.map((each, x) => each + (q[x] - each) * share);
  const family = (share: (k: number) => number): number[][] => Array.from({ length: K }, (_, k) => mixed(share(k)));
  return {
    step: family(k => (k <= j ? 0 : 1)),
    outlier: family(k => (k === j ? 1 : 0)),
    ramp: family(k => Math.min(1, Math.max(0, (k - j) / ramp))),
  };
};
