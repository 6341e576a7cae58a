import { type ErrorKind, LandauError } from "../errors.ts";

/**
 * Parses JSON from a file. Throws a LandauError of the given kind that names the file, the line and the column: engines
 * word their own messages differently and do not always say where.
 */
export const parseJson = (text: string, name: string, kind: ErrorKind): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const { index, expected } = findFault(text);
    const before = text.slice(0, index).split("\n");
    const found =
      index >= text.length ? "the end of the file" : JSON.stringify(text.slice(index, index + 12).split(/\s/)[0]);
    throw new LandauError(
      kind,
      `${name}:${before.length}:${before.at(-1)!.length + 1}: not JSON: expected ${expected}, found ${found}`,
      { cause },
    );
  }
};

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
