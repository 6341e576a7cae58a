/** Breaks text at spaces so that no line is longer than the width, except for words that are. */
export const wrap = (text: string, width: number): string[] => {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(part => part !== "")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
};

export interface TableOptions {
  readonly width: number;
  readonly header?: readonly string[];
  /** Changes how a padded cell looks, not how wide it is: colour. */
  readonly paint?: (cell: string, row: number, column: number) => string;
}

const GAP = 2;
/** The last column keeps at least this much. */
const LAST = 24;

/** Lines of a table with aligned columns; the last column is wrapped to the width. Newlines in its cells are kept. */
export const textTable = (
  rows: readonly (readonly string[])[],
  { width, header, paint = cell => cell }: TableOptions,
): string[] => {
  const all = header ? [header, ...rows] : rows;
  const columns = Math.max(0, ...all.map(row => row.length));
  const widths = Array.from({ length: columns - 1 }, (_, column) =>
    Math.max(...all.map(row => (row[column] ?? "").length)),
  );
  const used = widths.reduce((sum, each) => sum + each + GAP, 0);
  const rest = Math.max(LAST, width - used);
  return all.flatMap((row, index) => {
    const last = (row[columns - 1] ?? "").split("\n").flatMap(line => wrap(line, rest));
    return last.map((line, part) => {
      const cells = widths.map((each, column) => (part === 0 ? (row[column] ?? "") : "").padEnd(each + GAP));
      const painted = [...cells, line].map((cell, column) => paint(cell, header ? index - 1 : index, column));
      return painted.join("").trimEnd();
    });
  });
};
