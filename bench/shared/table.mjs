/** Microseconds with a unit that reads well, three significant digits. */
export const showTime = microseconds => {
  if (microseconds < 1) return `${figures(1000 * microseconds)} ns`;
  if (microseconds < 1000) return `${figures(microseconds)} us`;
  if (microseconds < 1e6) return `${figures(microseconds / 1000)} ms`;
  return `${figures(microseconds / 1e6)} s`;
};

export const showRatio = ratio => (ratio >= 100 ? ratio.toFixed(0) : figures(ratio));

const figures = value => String(Number(value.toPrecision(3)));

/** A Markdown table that also reads well as plain text. */
export const markdownTable = (head, rows) => {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map(row => row[column].length)));
  const line = cells => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`;
  return [line(head), line(widths.map(width => "-".repeat(width))), ...rows.map(line)].join("\n");
};

export const median = values => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
