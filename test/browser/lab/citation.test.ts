import { expect, test } from "vitest";
import { bibtexOf } from "../../../page/citation.ts";
import { listedSystems } from "../../../src/systems/index.ts";

test("a family name of two words, a title with a colon, and where it came out", () => {
  const { source } = listedSystems.alignment.card;
  expect(bibtexOf("alignment", source)).toBe(
    `@misc{alignment,
  author = {L. van Rossem and A. M. Saxe},
  title = {{When Representations Align: Universality in Representation Learning Dynamics}},
  year = {2024},
  note = {ICML},
  url = {${source.url}}
}
`,
  );
});

test.each(Object.values(listedSystems).map(({ card }) => [card.name, card.source] as const))(
  "%s has authors, a title and a year",
  (name, source) => {
    expect(bibtexOf(name, source)).toMatch(
      /author = \{\p{Lu}\. [^}]+\},\n {2}title = \{\{[^}]+\}\},\n {2}year = \{\d{4}\}/u,
    );
  },
);
