import type { SavedState } from "../../contracts/protocol.ts";
import type { SavedPoint } from "../task-log.ts";
import { readIfThere, writeAtomically } from "./files.ts";
import { sha256 } from "./sealed.ts";

/** A saved state, and where its log is not in the run folder yet the lines before it, ends included. */
export interface StoredPoint extends SavedPoint {
  readonly before?: string;
}

/**
 * A saved state on disk: a line with the hash of the rest, then JSON in which numbers and arrays are the base64 of their
 * float64 bytes, so that every bit survives.
 */
export const writeSavedPoint = (
  path: string,
  { chain, lines, log, before, state = {} }: StoredPoint,
  temporary?: string,
): void => {
  const packed = Object.entries(state).map(([name, value]) =>
    typeof value === "number" ? { name, number: toBase64(Float64Array.of(value)) } : { name, array: toBase64(value) },
  );
  const text = JSON.stringify({ chain, lines, log, ...(before !== undefined && { before }), state: packed });
  writeAtomically(path, `${sha256(text)}\n${text}`, temporary);
};

/** Reads it back; undefined when there is none, or none that is whole: the task then goes on from an earlier point. */
export const readSavedPoint = (path: string): StoredPoint | undefined => {
  const bytes = readIfThere(path);
  if (!bytes) return undefined;
  const [hash, text = ""] = new TextDecoder().decode(bytes).split("\n");
  if (sha256(text) !== hash) return undefined;
  const { chain, lines, log, before, state } = JSON.parse(text) as Packed;
  const unpacked: SavedState = Object.fromEntries(
    state.map(one => ("number" in one ? [one.name, fromBase64(one.number)[0]] : [one.name, fromBase64(one.array)])),
  );
  return { chain, lines, log, ...(before !== undefined && { before }), state: unpacked };
};

interface Packed {
  readonly chain: number;
  readonly lines: number;
  readonly log: string;
  readonly before?: string;
  readonly state: readonly (
    | { readonly name: string; readonly number: string }
    | { readonly name: string; readonly array: string }
  )[];
}

const toBase64 = ({ buffer, byteOffset, byteLength }: Float64Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString("base64");

const fromBase64 = (text: string): Float64Array => {
  const bytes = Uint8Array.from(Buffer.from(text, "base64"));
  return new Float64Array(bytes.buffer);
};
