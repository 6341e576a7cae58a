/** A piece of HTML that is safe to insert as it is. */
export interface Markup {
  readonly html: string;
}

/** Text that is already HTML: only for markup made by this program or by a library that escapes. */
export const trusted = (html: string): Markup => ({ html });

type Value = string | number | Markup | readonly Value[] | undefined | false;

/** A template whose values are escaped unless they are markup themselves; undefined and false leave nothing. */
export const html = (strings: TemplateStringsArray, ...values: readonly Value[]): Markup =>
  trusted(strings.reduce((text, part, index) => text + show(values[index - 1]) + part));

const show = (value: Value): string => {
  if (value === undefined || value === false) return "";
  if (typeof value === "object") return "html" in value ? value.html : value.map(show).join("");
  return String(value).replace(/[&<>"']/g, character => entities[character]!);
};

const entities: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
