import { parse as parseToml, TomlError } from "smol-toml";
import { type Document, isNode, LineCounter, parseDocument } from "yaml";
import { LandauError } from "../errors.ts";
import { type CompleteSpec, completeSpec, type Systems } from "./complete-spec.ts";
import { parseJson, withoutMark } from "./json-text.ts";
import { checkSpec, type PlaceName, pathName, type Spec, type SpecPath } from "./spec.ts";
import { tomlLine } from "./toml-line.ts";

export type SpecFormat = "toml" | "json" | "yaml";

export interface ParsedSpec {
  readonly spec: Spec;
  /** Names a place with its file and, where it is known, its line. */
  readonly place: PlaceName;
}

/** The format of a spec by the ending of its file's name. */
export const specFormat = (fileName: string): SpecFormat => {
  if (/\.toml$/i.test(fileName)) return "toml";
  if (/\.json$/i.test(fileName)) return "json";
  if (/\.ya?ml$/i.test(fileName)) return "yaml";
  throw new LandauError("spec", `${fileName}: the name's end gives the format: needs .toml, .json or .yaml`);
};

/**
 * Reads a spec. Throws a LandauError of kind "spec": with file, line and column for what is not TOML, JSON or YAML, with
 * file and place for a value that cannot be used.
 */
export const parseSpec = (given: string, format: SpecFormat, fileName: string): ParsedSpec => {
  const text = withoutMark(given);
  if (isNestedTooDeep(text)) throw new LandauError("spec", `${fileName}: nested too deep for a spec`);
  const { value, lineOf } = readers[format](text, fileName);
  const place: PlaceName = path => {
    const line = lineOf(path);
    return `${fileName}${line === undefined ? "" : `:${line}`}: ${pathName(path)}`;
  };
  return { spec: checkSpec(value, place), place };
};

/** `parseSpec` and `completeSpec` in one, so that the errors of both name the line. */
export const readSpec = (text: string, format: SpecFormat, fileName: string, systems: Systems): CompleteSpec => {
  const { spec, place } = parseSpec(text, format, fileName);
  return completeSpec(spec, systems, place);
};

interface Read {
  readonly value: unknown;
  lineOf(path: SpecPath): number | undefined;
}

const readToml = (text: string, fileName: string): Read => {
  try {
    return { value: parseToml(text), lineOf: path => tomlLine(text, path) };
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    const what = cause.message.split("\n")[0].replace(/^Invalid TOML document: /, "");
    const key = keyAt(text, cause.line, cause.column, what);
    throw new LandauError("spec", `${fileName}:${cause.line}:${cause.column}: not TOML: ${what}${key}`, { cause });
  }
};

/** The key of an error that says that one stands twice, which the parsers leave out. */
const keyAt = (text: string, line: number, column: number, what: string): string => {
  if (!/redefine|must be unique/.test(what)) return "";
  const [, key] = /^[\s[{,-]*["']?([^"'=:\]]+)/.exec((text.split("\n")[line - 1] ?? "").slice(column - 1)) ?? [];
  return key === undefined ? "" : `: ${JSON.stringify(key.trim())} stands twice`;
};

const readJson = (text: string, fileName: string): Read => ({
  value: parseJson(text, fileName, "spec"),
  // JSON is YAML, and the reader of YAML knows the lines.
  lineOf: path => documentOf(text).lineOf(path),
});

const readYaml = (text: string, fileName: string): Read => {
  const { document, lineOf } = documentOf(text);
  const [error] = document.errors;
  if (error) {
    const { line, col } = error.linePos?.[0] ?? { line: 1, col: 1 };
    const what = error.message.split("\n")[0].replace(/ at line \d+, column \d+:$/, "");
    const key = keyAt(text, line, col, what);
    throw new LandauError("spec", `${fileName}:${line}:${col}: not YAML: ${what}${key}`, { cause: error });
  }
  try {
    return { value: document.toJS(), lineOf };
  } catch (cause) {
    throw new LandauError("spec", `${fileName}: not YAML: ${(cause as Error).message}`, { cause });
  }
};

const readers: { readonly [format in SpecFormat]: (text: string, fileName: string) => Read } = {
  toml: readToml,
  json: readJson,
  yaml: readYaml,
};

const documentOf = (text: string): { document: Document.Parsed; lineOf: Read["lineOf"] } => {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, logLevel: "error" });
  const lineOf = (path: SpecPath): number | undefined => {
    // What is missing has no line: its parent has.
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lineCounter.linePos(node.range[0]).line;
    }
    return undefined;
  };
  return { document, lineOf };
};

const MAX_DEPTH = 64;

/**
 * The reader of YAML recurses, and a string made to be deep ends the process rather than in an error. Brackets inside
 * strings are counted too: no honest spec comes near the limit.
 */
const isNestedTooDeep = (text: string): boolean => {
  let depth = 0;
  let deepest = 0;
  for (const character of text) {
    if (character === "[" || character === "{") deepest = Math.max(deepest, ++depth);
    else if (character === "]" || character === "}") depth--;
  }
  return deepest > MAX_DEPTH || /(?:[-?:][ \t]+){64}|^[ \t]{256}/m.test(text);
};
