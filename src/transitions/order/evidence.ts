/** What the order of a transition can be. */
export type Order = "none" | "continuous" | "discontinuous";

/** What one probe found. */
export interface Evidence {
  /** Its name: growth, scaling, bimodality, hysteresis, edge, ... */
  readonly probe: string;
  /** Natural logarithms of how well each order explains the finding, up to a constant. */
  readonly support: { readonly [order in Order]: number };
  /** One sentence with the numbers. */
  readonly finding: string;
  readonly values: { readonly [name: string]: number | null };
}

export const favoured = ({ support }: Evidence): Order | "nothing" => {
  const orders = Object.keys(support) as Order[];
  const best = orders.reduce((a, b) => (support[b] > support[a] ? b : a));
  const worst = Math.min(...orders.map(order => support[order]));
  return support[best] - worst < 0.5 ? "nothing" : best;
};

/** A number for people: three significant digits, and whole numbers such as sizes whole. */
export const text = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) < 1e6 ? String(value) : String(Number(value.toPrecision(3)));
