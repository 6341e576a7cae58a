import { invalid } from "../../../errors.ts";

/** What is learned: c = op(a, b) for residues a, b in {0, ..., p - 1}; any integer, taken modulo p. */
export type Operation = (a: number, b: number, p: number) => number;

export interface NamedOperation {
  readonly summary: string;
  readonly of: Operation;
  /** Whether the quadratic network has a solution by waves: f1(a) + f2(b) or a function of it (arXiv 2301.02679, claims I and II). */
  readonly generalises: boolean;
}

/** The operations of the experiments, by the name a spec calls them. */
export const operations = {
  add: { summary: "a + b", of: (a, b) => a + b, generalises: true },
  sub: { summary: "a - b, addition with b relabelled", of: (a, b) => a - b, generalises: true },
  add_1_3: { summary: "a + 3b, addition with b relabelled", of: (a, b) => a + 3 * b, generalises: true },
  mul: { summary: "a b, addition modulo p - 1 on the nonzero residues", of: (a, b) => a * b, generalises: true },
  sq_sum: { summary: "a^2 + b^2", of: (a, b) => a * a + b * b, generalises: true },
  sum_sq: { summary: "(a + b)^2", of: (a, b) => (a + b) * (a + b), generalises: true },
  quad_form: {
    summary: "a^2 + a b + b^2, a negative control",
    of: (a, b) => a * a + a * b + b * b,
    generalises: false,
  },
  cubic: {
    summary: "a^3 + a b^2 + b, a negative control",
    // Reduced in between, so that no product leaves the exact integers.
    of: (a, b, p) => ((a * a) % p) * a + ((b * b) % p) * a + b,
    generalises: false,
  },
} as const satisfies { readonly [name: string]: NamedOperation };

export type OperationName = keyof typeof operations;

/** The operation a name stands for; a function stands for itself. */
export const operationOf = (op: string | Operation): Operation => {
  if (typeof op === "function") return op;
  if (!Object.hasOwn(operations, op)) throw invalid("op", op, `one of: ${Object.keys(operations).join(", ")}`);
  return operations[op as OperationName].of;
};
