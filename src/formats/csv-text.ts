/**
 * CSV as RFC 4180 has it: a header, then the rows, cells in quotes where needed, lines ended by CR LF.
 */
export const csvText = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, ...rows].map(row => `${row.map(quoted).join(",")}\r\n`).join("");

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
