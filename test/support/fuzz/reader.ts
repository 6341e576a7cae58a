import { zipSync } from "fflate";
import { escaped, escapedLine } from "../../../src/cli/safe-output.ts";
import { type ErrorKind, isLandauError } from "../../../src/errors.ts";
import { readZip } from "../../../src/formats/zip.ts";
import { mutated, wholeNumbers } from "./mutated.ts";

/** A reader of foreign bytes with valid inputs to change. */
export interface FuzzedReader {
  readonly name: string;
  /** It takes what it can and leaves the rest, whatever that is. */
  readonly refusesNothing?: true;
  /** The kinds of error with which it refuses; "input" when absent. */
  readonly kinds?: readonly ErrorKind[];
  /** What every message has to hold; the name of the file when absent. */
  readonly says?: string;
  /** Inputs that are read. */
  readonly valid: readonly Uint8Array[];
  /** One of them with changes, which depend on the numbers alone. */
  input(next: () => number): Uint8Array;
  /** Reads a file of that name and looks at all of its numbers. Gives the words that a command prints of it: names and notes. */
  read(bytes: Uint8Array, name: string): readonly string[] | Promise<readonly string[]>;
}

/** Name of the file, which every message has to hold. */
export const FUZZED = "fuzzed";
const LONGEST_MESSAGE = 2000;
/** Control characters, line breaks apart, and marks that change the direction of text. */
const UNSAFE = /(?![\n\t])[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;
const UNSAFE_IN_LINE = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;

export type Outcome = "read" | "refused" | { readonly failure: string };

/** Reads changed bytes and judges what came of it: read, refused with a message as a command prints it, or a failure. */
export const judged = async (
  { read, kinds = ["input"], says = FUZZED }: FuzzedReader,
  bytes: Uint8Array,
): Promise<Outcome> => {
  try {
    for (const text of await read(bytes, FUZZED))
      if (UNSAFE.test(escaped(text))) return { failure: `prints ${JSON.stringify(text)}` };
    return "read";
  } catch (error) {
    if (!isLandauError(error) || !kinds.includes(error.kind))
      return { failure: error instanceof Error ? String(error.stack) : String(error) };
    const { message } = error;
    if (!message.includes(says)) return { failure: `no ${says} in ${JSON.stringify(message)}` };
    if (message.length > LONGEST_MESSAGE) return { failure: `a message of ${message.length} characters` };
    if (UNSAFE_IN_LINE.test(escapedLine(message))) return { failure: `says ${JSON.stringify(message)}` };
    return "refused";
  }
};

/** The changed input of a seed. */
export const inputOf = (reader: FuzzedReader, seed: number): Uint8Array => reader.input(wholeNumbers(seed));

type Inputs = Pick<FuzzedReader, "valid" | "input">;

/** Changes one of some valid inputs. */
export const changed = (...valid: readonly Uint8Array[]): Inputs => ({
  valid,
  input: next => mutated(valid[next() % valid.length], next),
});

/** Changes a zip archive, or one of its members, whose checksum is then right. */
export const changedZip = (archive: Uint8Array): Inputs => {
  const members = [...readZip(archive, "valid")];
  return {
    valid: [archive],
    input(next) {
      if (next() % 2 === 0) return mutated(archive, next);
      const place = next() % members.length;
      return zipSync(
        Object.fromEntries(members.map(([name, bytes], i) => [name, i === place ? mutated(bytes, next) : bytes])),
        { level: 0 },
      );
    },
  };
};

/** Changes one of the files of a store, which stand by their names; `filesOf` gives all of them back. */
export const changedStore = (
  files: readonly (readonly [string, Uint8Array])[],
): Inputs & { filesOf(bytes: Uint8Array): Map<string, Uint8Array> } => ({
  // Which file is changed stands before its bytes.
  valid: files.map(([, bytes], file) => Uint8Array.of(file, ...bytes)),
  input(next) {
    const file = next() % files.length;
    return Uint8Array.of(file, ...mutated(files[file][1], next));
  },
  filesOf: bytes => new Map<string, Uint8Array>(files).set(files[bytes[0]][0], bytes.subarray(1)),
});

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
