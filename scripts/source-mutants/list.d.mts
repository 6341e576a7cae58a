export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly tests: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly means: string;
  readonly same?: string;
}

export const mutants: readonly Mutant[];
export const mutated: (mutant: Mutant, root: string) => { readonly before: string; readonly after: string };
export const faultsOf: (mutants: readonly Mutant[], root: string) => string[];
