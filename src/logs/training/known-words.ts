import { dateSeconds } from "../../formats/date-bytes.ts";
import { UTF8 } from "../../formats/text-lines.ts";
import { type Meaning, meaningOf } from "./log-table.ts";

/** Words of a column that are known again by their bytes. */
const MOST = 16;

interface Known {
  readonly bytes: Uint8Array;
  readonly meaning: Meaning;
}

/** What the word at these bytes means; undefined for bytes that are no text in UTF-8, and for a text that is refused. */
export type WordsMean = (bytes: Uint8Array, from: number, to: number) => Meaning | undefined;

const DIGIT = /^\d/;

/** The words of one column, of which a log has a few that come again and again. `header` are names that are left to others to read. */
export const knownWords = (
  header: readonly string[] = [],
  isRefused: (text: string) => boolean = () => false,
): WordsMean => {
  const known: Known[] = [];
  const mayBeDates = !header.some(name => DIGIT.test(name));
  return (bytes, from, to) => {
    const seconds = mayBeDates ? dateSeconds(bytes, from, to) : Number.NaN;
    if (!Number.isNaN(seconds)) return { kind: "date", value: seconds };
    for (let i = 0; i < known.length; i++) if (isSame(known[i].bytes, bytes, from, to)) return known[i].meaning;
    let text: string;
    try {
      text = UTF8.decode(bytes.subarray(from, to));
    } catch {
      return undefined;
    }
    if (isRefused(text)) return undefined;
    const meaning = meaningOf(text);
    // Numbers, and dates in rare forms, seldom come again.
    const isSeldom = "value" in meaning && Number.isFinite(meaning.value);
    if (!isSeldom && known.length < MOST) known.push({ bytes: bytes.slice(from, to), meaning });
    return meaning;
  };
};

const isSame = (word: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean => {
  if (word.length !== to - from) return false;
  for (let i = 0; i < word.length; i++) if (word[i] !== bytes[from + i]) return false;
  return true;
};
