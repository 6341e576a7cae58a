import { type ErrorKind, LandauError } from "../errors.ts";
import { findDuplicateKey } from "../formats/duplicate-key.ts";

/**
 * Parses JSON from a file; a byte-order mark is allowed. Throws a LandauError of the given kind that names the file, the line and the column: engines
 * word their own messages differently and do not always say where. A key that stands twice in an object is refused, as one of its values would be dropped in silence.
 */
export const parseJson = (given: string, name: string, kind: ErrorKind): unknown => {
  const text = withoutMark(given);
  const place = (index: number): string => {
    const before = text.slice(0, index).split("\n");
    return `${name}:${before.length}:${before.at(-1)!.length + 1}`;
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const { index, expected } = findFault(text);
    const found =
      index >= text.length ? "the end of the file" : JSON.stringify(text.slice(index, index + 12).split(/\s/)[0]);
    throw new LandauError(kind, `${place(index)}: not JSON: expected ${expected}, found ${found}`, { cause });
  }
  const twice = findDuplicateKey(text);
  if (twice)
    throw new LandauError(
      kind,
      `${place(twice.index)}: key ${JSON.stringify(twice.key)} stands twice in one object: needs each once`,
    );
  return value;
};

/** Text without the byte-order mark that some editors put before it. */
export const withoutMark = (text: string): string => (text.startsWith("\uFEFF") ? text.slice(1) : text);

interface Fault {
  readonly index: number;
  readonly expected: string;
}

const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y;

/** Where a string stops being JSON, found by walking over its tokens. */
const findFault = (text: string): Fault => {
  const closers: string[] = [];
  let at = 0;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) at += match[0].length;
    return match !== null;
  };
  let state: State = "value";
  for (;;) {
    take(SPACE);
    const character = text[at];
    const closer = closers.at(-1);
    if (state === "next" && closer === undefined) return { index: at, expected: "the end of the file" };
    if (character === closer && (state === "next" || state === "first value" || state === "first key")) {
      closers.pop();
      at++;
      state = "next";
    } else if (state === "next") {
      if (character !== ",") return { index: at, expected: `"," or "${closer}"` };
      at++;
      state = closer === "}" ? "key" : "value";
    } else if (state === "colon") {
      if (character !== ":") return { index: at, expected: '":"' };
      at++;
      state = "value";
    } else if (state === "key" || state === "first key") {
      if (!take(STRING)) return { index: at, expected: "a name in double quotes" };
      state = "colon";
    } else if (character === "[" || character === "{") {
      closers.push(character === "[" ? "]" : "}");
      at++;
      state = character === "[" ? "first value" : "first key";
    } else {
      if (!take(STRING) && !take(SCALAR)) return { index: at, expected: "a value" };
      state = "next";
    }
  }
};

type State = "value" | "first value" | "key" | "first key" | "colon" | "next";
