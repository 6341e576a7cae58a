import type { Claim } from "./claim.ts";
import type { Controls, Settings } from "./control.ts";
import type { Json, JsonObject } from "./json.ts";
import type { Objective } from "./objective.ts";
import type { Protocol, Study } from "./protocol.ts";

/** A closed form that can be asked for by name: `landau theory <system> <name> --<input> ...`. */
export interface TheoryEntry {
  readonly summary: string;
  /** Section or equation of the source. */
  readonly where: string;
  readonly inputs: Controls;
  evaluate(inputs: Settings): Json;
}

/** Answers to test vectors: quantity -> (input) -> output. Pure functions; a bad input throws a LandauError. */
export type VectorTable = { readonly [quantity: string]: (input: JsonObject) => Json };

/** A place to look at closely: a point of an objective, and how many samples its loss stands for. */
export interface PointOfObjective {
  readonly objective: Objective;
  readonly w: Float64Array;
  readonly samples: number;
}

/** Points by the names of phases, for instruments that work around one. */
export interface Points {
  readonly settings: Controls;
  /** Throws a LandauError of kind "input" for a phase without a point at these settings. */
  at(phase: string, settings: Settings): PointOfObjective;
}

/** The studies and the claims of one `landau reproduce`. */
export interface Reproduction {
  readonly summary: string;
  readonly studies: readonly Study[];
}

/** Something that learns and has phases. */
export interface System {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly source: { readonly citation: string; readonly url: string };
  readonly theory: { readonly [name: string]: TheoryEntry };
  /** The names of its phases at given settings, lowest loss last, each with the level of the loss it sits on. */
  phases(settings: Settings): readonly { readonly label: string; readonly loss: number }[];
  /** Absent where phases have no points of their own. */
  readonly points?: Points;
  readonly protocols: { readonly [name: string]: Protocol };
  readonly reproductions: { readonly quick: Reproduction; readonly full: Reproduction };
  readonly claims: readonly Claim[];
  readonly vectors: VectorTable;
}
