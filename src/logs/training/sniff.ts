/** A way in which training logs are written. */
export const formats = ["csv", "jsonl", "json", "tensorboard", "wandb", "parquet", "npz", "sqlite", "text"] as const;
export type LogFormat = (typeof formats)[number];

/** Bytes of the beginning that are enough to tell. */
export const BEGINNING = 65_536;

/** The format that the first bytes of a file are of, undefined for none. The name is asked last. */
export const sniffedFormat = (begin: Uint8Array, name: string): LogFormat | "foreign" | undefined => {
  if (startsWith(begin, "SQLite format 3\0")) return "sqlite";
  if (startsWith(begin, "PAR1")) return "parquet";
  if (startsWith(begin, "PK")) return "npz";
  if (startsWith(begin, ":W&B")) return "wandb";
  if (isEventFile(begin)) return "tensorboard";
  const from = startsWith(begin, "\xef\xbb\xbf") ? 3 : 0;
  const text = new TextDecoder().decode(begin.subarray(from));
  if (PRINTED.test(text)) return "text";
  if (JSON_BEGINS.test(text)) return jsonKind(text, begin.length < BEGINNING);
  if (begin.length === 0 && /tfevents/.test(name)) return "tensorboard";
  if (isBinary(begin)) return "foreign";
  return "csv";
};

/** A dictionary as Python prints it, or the number of a round of boosting before what is said of it. */
const PRINTED = /^\s*(\{'|\[\d+\][ \t]+[a-z])/i;

/** An object, or a list; a bracket before a time or a word begins a line of plain text. */
const JSON_BEGINS = /^\s*(\{|\[\s*([\]{["]|(-?\d+(\.\d*)?(e[-+]?\d+)?|null|true|false|-?Infinity|NaN)\s*[,\]]|$))/i;

const startsWith = (begin: Uint8Array, text: string): boolean =>
  begin.length >= text.length && [...text].every((character, i) => begin[i] === character.charCodeAt(0));

/** A record of a few bytes, with "brain.Event" in the first. */
const isEventFile = (begin: Uint8Array): boolean => {
  if (begin.length < 12) return false;
  const view = new DataView(begin.buffer, begin.byteOffset, begin.byteLength);
  if (view.getUint32(4, true) !== 0) return false;
  const text = String.fromCharCode(...begin.subarray(12, 64));
  return /brain\.Event/.test(text) || (view.getUint32(0, true) < 4096 && begin[12] === 0x09);
};

/** An object on each line, or one document. */
const jsonKind = (text: string, whole: boolean): LogFormat => {
  const line = /^\s*(\{.*\})[ \t\r]*(\n|$)/.exec(text);
  // Where the first line is longer than what is seen: lists make it so. (What turns out to be lines is read as such.)
  if (!line) return whole || !/^\s*\{[^\n]*$/.test(text) || DOCUMENT.test(text) ? "json" : "jsonl";
  const isOne = whole && text.slice(line[0].length).trim() === "";
  // A document on one line, as against a log of one line.
  return /"log_history"\s*:/.test(line[1]) || (isOne && DOCUMENT.test(line[1])) ? "json" : "jsonl";
};

/** A list, or a column or a row of pandas under its number. */
const DOCUMENT = /:\s*\[|\{\s*"-?\d+"\s*:/;

const isBinary = (begin: Uint8Array): boolean => begin.subarray(0, 4096).includes(0) && !(begin[0] >= 0xfe);
