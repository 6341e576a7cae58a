import { distance } from "fastest-levenshtein";

/** The known word that a mistyped one most likely meant; undefined when none is close. */
export const nearest = (word: string, known: readonly string[]): string | undefined => {
  const distances = known.map(candidate => distance(word.toLowerCase(), candidate.toLowerCase()));
  const best = Math.min(...distances);
  return best <= Math.max(2, word.length / 3) ? known[distances.indexOf(best)] : undefined;
};

/** `unknownWord("system", "superpositon", ["superposition"])` -> 'unknown system "superpositon": did you mean superposition?' */
export const unknownWord = (what: string, word: string, known: readonly string[]): string => {
  const meant = nearest(word, known);
  const way = meant === undefined ? `known: ${known.join(", ")}` : `did you mean ${meant}?`;
  return `unknown ${what} ${JSON.stringify(word)}: ${way}`;
};
