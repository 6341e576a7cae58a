import { expect, test } from "vitest";
import { html, trusted } from "../../src/report/markup.ts";

test("values are escaped, in text and in attributes", () => {
  expect(html`<p title="${`"'`}">${"<&>"}</p>`.html).toBe('<p title="&quot;&#39;">&lt;&amp;&gt;</p>');
});

test("markup nests and lists join; undefined and false leave nothing, nought stays", () => {
  expect(html`${[html`<i>${1}</i>`, "<"]}${undefined}${false}${0}${trusted("<b>")}`.html).toBe("<i>1</i>&lt;0<b>");
});
