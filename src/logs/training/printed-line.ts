import { numberIn } from "../../formats/number-cell.ts";
import { stepRank, timeRank } from "./column-roles.ts";

/** What a line that a program printed says: "2026-01-01 10:00:00 - INFO - Epoch 3 [640/60000] loss: 2.30, 1.2ms". */
export interface PrintedLine {
  readonly pairs: readonly PrintedPair[];
  /** A count with its total and no name, as progress bars show it. */
  readonly bar: { readonly done: number; readonly of: number } | undefined;
  /** Date and time, as they stand there. */
  readonly time: string | undefined;
}

/** A number with its name. */
export interface PrintedPair {
  readonly name: string;
  readonly value: number;
  /** The total, of a count that is given with one: 640/60000. */
  readonly of: number | undefined;
}

/** Colours and movements of a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal is told by them.
const ESCAPES = /\x1b\[[0-9;?]*[A-Za-z]/g;
const DATE = /(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d+))?(Z|[-+]\d\d:?\d\d(?!\d))?/;
/** What stands beside numbers and is no name of theirs: what Google's loggers begin with, times of day, levels, places in a program. */
const BESIDE =
  /^[IWEF]\d{4} [\d:.]+ +\d+ [^\s\]]+\]|(?<![\w.])[\w.]+:[\w<>]+:\d+(?= -)|\b\d+:\d\d(?::\d\d)?(?:[.,]\d+)?\b|\b(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL)\b|(?<![\w./-])[\w./-]+\.(?:py|cc|cpp|cu|rs|go|m?[jt]s):\d+/g;
/** Quotes around names and numbers; an apostrophe in a word stays. */
const QUOTES = /(?<!\w)['"]|['"](?!\w)/g;

/** Dots, slashes and the like may stand within a name, not at its ends; words in brackets belong to it. */
const WORD = "[A-Za-z_](?:[\\w./@'+-]*\\w)?";
const NAME = `${WORD}(?:\\([A-Za-z][^()]*\\))?(?: ${WORD}){0,5}(?: ?\\([A-Za-z][^()]*\\))?`;
const NUMBER =
  "[-+]?(?:\\d{1,3}(?:,\\d{3})+(?!\\d|,\\d)(?:\\.\\d+)?|(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?|(?:nan|inf(?:inity)?)(?![\\w.]))";
/** Name, what stands between, the number, a total behind it, and the unit that is written to it. */
const PAIR = new RegExp(
  `(?<![\\w.%'/@+-])(${NAME})( *[:=] *\\[? *| *\\[ *(?=\\d+ *[\\]/])| +)(${NUMBER})(?!\\d|[:.-]\\d)(?: ?/ *(\\d+)(?![\\d./]))?([A-Za-z]{1,4}(?:/[A-Za-z]+)?(?!\\w))?`,
  "gi",
);
/** A number at the beginning, in brackets or with a colon, counts steps, or rounds of boosting. */
const COUNT = /^(?:\[\|\]|[\s|])*(?:\[ *(\d+)\]|(\d+) *:(?=\s))/;
const BAR = /(?<![\w./:])(\d+) ?\/ *(\d+)(?![\d./])/;
const BAR_BEHIND = /^: *\d+%\|/;
/** Words before a number without a sign between that still are its name, not a sentence. */
const MOST_WORDS = 4;

/** Reads one line. Numbers without a name are not used, but a count with its total. */
export const printedLine = (raw: string): PrintedLine => {
  const date = DATE.exec(raw);
  const time = date ? `${date[1]}T${date[2]}${date[3] ? `.${date[3]}` : ""}${date[4] ?? ""}` : undefined;
  const dated = date ? `${raw.slice(0, date.index)}|${raw.slice(date.index + date[0].length)}` : raw;
  let text = dated.replace(ESCAPES, "").replace(BESIDE, "|").replace(QUOTES, "");
  const pairs: PrintedPair[] = [];
  const count = COUNT.exec(text);
  if (count) {
    pairs.push({ name: "step", value: Number(count[1] ?? count[2]), of: undefined });
    text = text.slice(count[0].length);
  }
  const between = text.replace(
    PAIR,
    (whole: string, name: string, sign: string, number: string, of, unit, at: number) => {
      const pair = pairOf({ name, sign, number, of, unit, behind: text.slice(at + whole.length) });
      if (!pair) return whole;
      pairs.push(pair);
      return "|";
    },
  );
  const bar = BAR.exec(between);
  return { pairs, bar: bar ? { done: Number(bar[1]), of: Number(bar[2]) } : undefined, time };
};

interface Found {
  readonly name: string;
  readonly sign: string;
  readonly number: string;
  readonly of: string | undefined;
  readonly unit: string | undefined;
  readonly behind: string;
}

const pairOf = ({ name, sign, number, of, unit, behind }: Found): PrintedPair | undefined => {
  const words = name.split(" ");
  // The share of a bar, "train:  45%|####", and the number of what it is of, "DataLoader 0:  45%|####".
  if (behind.startsWith("%|") || (stepRank(words[words.length - 1]) < 0 && BAR_BEHIND.test(behind))) return undefined;
  if (/^ +$/.test(sign) && words.length > MOST_WORDS) return undefined;
  const value = numberIn(/^[-+]?\d{1,3}(,\d{3})+/.test(number) ? number.replaceAll(",", "") : number);
  if (value === undefined) return undefined;
  // A sentence may stand before "name=number", in which a name is one word.
  const own = sign.includes("=") ? words[words.length - 1] : name;
  // Times are how long something took, not when it was.
  const part = unit ?? (timeRank(own) >= 0 ? "printed" : undefined);
  return { name: part ? `${own} (${part})` : own, value, of: of === undefined ? undefined : Number(of) };
};
