/** One scale for every instrument, from the best: `undefined` where there is nothing to judge, such as draws that are all equal. */
export type Condition = "good" | "doubtful" | "bad" | "undefined";

const scale: readonly Condition[] = ["good", "doubtful", "bad", "undefined"];

/** One sign of health or of its lack. */
export interface Finding<Name extends string = string> {
  readonly name: Name;
  readonly outcome: Condition;
  /** The number behind it, when there is one. */
  readonly value?: number;
  /** One sentence with the numbers and, when it is not good, what to do. */
  readonly text: string;
}

/** How far a measurement can be trusted. */
export interface Health<Name extends string = string> {
  /** The worst of the findings. */
  readonly outcome: Condition;
  readonly findings: readonly Finding<Name>[];
  /** The findings that are not good, one a line; or that there are none. */
  readonly text: string;
}

/** A number with its uncertainty and its health: what an instrument returns. */
export interface Estimate<Name extends string = string> {
  readonly value: number;
  readonly standardError?: number;
  /** 95 %. */
  readonly interval?: readonly [number, number];
  readonly health: Health<Name>;
}

export const healthFrom = <Name extends string>(findings: readonly Finding<Name>[]): Health<Name> => {
  const wrong = findings.filter(({ outcome }) => outcome !== "good");
  return {
    outcome: scale[findings.reduce((worst, { outcome }) => Math.max(worst, scale.indexOf(outcome)), 0)],
    findings,
    text: wrong.length === 0 ? "no complaint" : wrong.map(({ text }) => text).join("\n"),
  };
};
