import { distance } from "fastest-levenshtein";
import type { Controls } from "../contracts/field.ts";

/** The known word that a mistyped one most likely meant; undefined when none is close. */
export const nearest = (word: string, known: readonly string[]): string | undefined => {
  const distances = known.map(candidate => distance(word.toLowerCase(), candidate.toLowerCase()));
  const best = Math.min(...distances);
  const candidate = known[distances.indexOf(best)];
  // Something of the word must be left, or every short word would be near to every other.
  const near = best <= Math.max(2, word.length / 3) && best < Math.max(word.length, candidate?.length ?? 0);
  return near ? candidate : undefined;
};

/** `unknownWord("system", "superpositon", ["superposition"])` -> 'unknown system "superpositon": did you mean superposition?' */
export const unknownWord = (what: string, word: string, known: readonly string[]): string => {
  const meant = nearest(word, known);
  const way = meant === undefined ? `known: ${known.join(", ")}` : `did you mean ${meant}?`;
  return `unknown ${what} ${JSON.stringify(word)}: ${way}`;
};

/** "gamma is now weightDecay" for a name of an earlier version, the nearest name for any other. */
export const unknownSetting = (name: string, controls: Controls): string => {
  const now = Object.entries(controls).find(([, { formerly }]) => formerly?.includes(name));
  return now
    ? `setting ${JSON.stringify(name)} is now called ${now[0]}`
    : unknownWord("setting", name, Object.keys(controls));
};
