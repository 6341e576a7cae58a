/** Columns that a character takes on a terminal: two from the scripts of East Asia on, but not for symbols and what is drawn with lines and blocks. */
const widthOfCharacter = (character: string): number => {
  const code = character.codePointAt(0)!;
  return code < 0x1100 || (code >= 0x2000 && code < 0x2e80) ? 1 : 2;
};

/** Columns that a text without control characters takes at most. */
export const textWidth = (text: string): number => {
  let width = 0;
  for (const character of text) width += widthOfCharacter(character);
  return width;
};

/** A text in one row of so many columns: control characters become spaces, and what is too long ends in an ellipsis. */
export const fitted = (text: string, columns: number): string => {
  const clean = text.replaceAll(/\p{Cc}/gu, " ");
  if (textWidth(clean) <= columns) return clean;
  let row = "";
  let left = columns - 1;
  for (const character of clean) {
    left -= widthOfCharacter(character);
    if (left < 0) break;
    row += character;
  }
  return columns > 0 ? `${row.trimEnd()}…` : "";
};
