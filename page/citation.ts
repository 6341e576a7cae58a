/** Initials and a family name: "E. J. Michaud", "L. van Rossem". */
const AUTHOR = /^(?:\p{Lu}\.[ -]?)+(?:\p{Ll}+ )*\S+$/u;

/** A citation of a card, "authors, title, where (year)", as an entry of BibTeX. */
export const bibtexOf = (
  key: string,
  { citation, url }: { readonly citation: string; readonly url: string },
): string => {
  const pieces = citation.split(/, | and /);
  const count = pieces.findIndex(piece => !AUTHOR.test(piece));
  const authors = pieces.slice(0, count);
  const last = authors[authors.length - 1];
  const rest = citation.slice(citation.indexOf(last) + last.length).replace(/^(?:, | and )/, "");
  const title = /^[^,(]*/.exec(rest)![0].trim();
  const year = /\((\d{4})\)/.exec(rest)?.[1] ?? "";
  const where = rest
    .slice(title.length)
    .replace(`(${year})`, "")
    .replace(/^[\s,;]+|\s+$/g, "");
  const fields = { author: authors.join(" and "), title: `{${title}}`, year, ...(where && { note: where }), url };
  const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${value}}`);
  return `@misc{${key},\n${lines.join(",\n")}\n}\n`;
};
