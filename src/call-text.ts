let program = "landau";

/** Says once, before anything is printed, by what words the reader starts the command line: `npx landau` in a clone. */
export const callProgramAs = (words: string): void => {
  program = words;
};

/** How a call of the command line is written wherever one is printed: in hints, errors and help. `callText("show last")` -> "landau show last". */
export const callText = (words: string): string => `${program} ${words}`;

/** A word as a shell takes it: in quotes where it needs them. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
