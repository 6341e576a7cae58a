/** A number, or why there is none. Never NaN, never infinite. */
export type Diagnostic = Defined | Undefined;

export interface Defined {
  readonly kind: "value";
  readonly value: number;
  readonly warning?: string;
}

export interface Undefined {
  readonly kind: "undefined";
  readonly reason: string;
}

export const defined = (value: number, warning?: string): Defined =>
  warning === undefined ? { kind: "value", value } : { kind: "value", value, warning };

export const undefinedFor = (reason: string): Undefined => ({ kind: "undefined", reason });

/** What `of` makes of the values, or the reason of the first that is undefined. */
export const whenDefined = (parts: readonly Diagnostic[], of: (...values: number[]) => Diagnostic): Diagnostic => {
  const values: number[] = [];
  for (const part of parts) {
    if (part.kind === "undefined") return part;
    values.push(part.value);
  }
  return of(...values);
};
