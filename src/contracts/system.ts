import type { Claim } from "./claim.ts";
import { type Fields, readFields, type ValuesOf } from "./field.ts";
import type { Json, JsonObject } from "./json.ts";
import type { Learner } from "./learner.ts";
import type { Protocol } from "./protocol.ts";
import type { DeclaredStudy } from "./study.ts";

/** A closed form that can be asked for by name: `landau theory <system> <name> --<input> ...`, and by test vectors. */
export interface TheoryEntry<Inputs extends Fields = Fields> {
  readonly summary: string;
  /** Section or equation of the source. */
  readonly where: string;
  readonly inputs: Inputs;
  /** Quantities of test vectors that it answers, when they are not called as it is. None when empty. */
  readonly answers?: readonly string[];
  /** Numbers, strings, lists (typed arrays too) and plain objects of them. */
  evaluate(inputs: ValuesOf<Inputs>): Answer;
}

/** What becomes JSON: `plain` makes it so. */
export type Answer = Json | object;

/** Declares a closed form, the types of its inputs inferred. */
export const theory = <const Inputs extends Fields>(entry: TheoryEntry<Inputs>): TheoryEntry<Inputs> => entry;

/** Answers to test vectors: quantity -> (input) -> output. Pure functions; a bad input throws a LandauError. */
export type VectorTable = { readonly [quantity: string]: (input: JsonObject) => Answer };

/** Declares an answer to test vectors by its inputs. Nothing that a case leaves out is made up: defaults do not count. */
export const answer =
  <const Inputs extends Fields, Result extends Answer>(
    inputs: Inputs,
    evaluate: (inputs: ValuesOf<Inputs>) => Result,
  ): ((input: JsonObject) => Result) =>
  input =>
    evaluate(readFields(inputs, input, { strict: true }));

/** What is known of a system before it is loaded. */
export interface SystemCard {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly source: { readonly citation: string; readonly url: string };
}

/** A source made executable. */
export interface System extends SystemCard {
  /** Absent for bounds and instruments. */
  readonly learner?: Learner;
  readonly theory: { readonly [name: string]: TheoryEntry };
  readonly protocols: { readonly [name: string]: Protocol };
  /** What `landau reproduce` runs, in this order. */
  readonly studies: readonly DeclaredStudy[];
  readonly claims: readonly Claim[];
  /** Answers to test vectors that are no closed forms of their own. */
  readonly vectors: VectorTable;
}
