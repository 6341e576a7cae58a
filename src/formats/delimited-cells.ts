import type { LandauError } from "../errors.ts";

/** The separator that a header has most of: comma, semicolon or tab. */
export const separatorOf = (header: string): string => {
  const count = (separator: string): number => header.split(separator).length;
  return [",", ";", "\t"].reduce((best, each) => (count(each) > count(best) ? each : best));
};

/** The cells of a line as text, without the quotes around them. Spaces separate in runs. Throws what `bad` makes of the reason. */
export const cellsOf = (raw: string, separator: string, bad: (why: string) => LandauError): string[] => {
  if (separator === " ") return (raw.trim().match(SPACED) ?? []).map(unquoted);
  if (!raw.includes('"')) return raw.split(separator).map(cell => cell.trim());
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    const quoted = / *"([^"]*(?:""[^"]*)*)" */y;
    quoted.lastIndex = at;
    const match = quoted.exec(raw);
    let end: number;
    if (match) {
      cells.push(match[1].replaceAll('""', '"'));
      end = quoted.lastIndex;
      if (end < raw.length && raw[end] !== separator)
        throw bad(`cell ${cells.length} continues after its closing quote`);
    } else {
      const next = raw.indexOf(separator, at);
      end = next < 0 ? raw.length : next;
      cells.push(raw.slice(at, end).trim());
    }
    if (end >= raw.length) return cells;
    at = end + 1;
  }
};

const SPACED = /"(?:[^"]|"")*"|\S+/g;

const unquoted = (cell: string): string => (/^".*"$/s.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell);
