/** How a call of the command line is written wherever one is printed: in hints, errors, help and reports. `callText("show last")` -> "landau show last". */
export const callText = (words: string): string => `landau ${words}`;

/** A word as a shell takes it: in quotes where it needs them. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
