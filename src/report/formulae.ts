import katex from "katex";
import type { Formula } from "../charts/exhibits.ts";
import { withMath } from "./inline-math.ts";
import { html, type Markup, trusted } from "./markup.ts";

/**
 * The formulae of a system typeset by KaTeX: drawn in its own fonts, as browsers without a mathematical font draw MathML
 * poorly, with the MathML beside it for screen readers.
 */
export const typesetFormulae = (formulae: readonly Formula[], sourceUrl: string): Markup => {
  const typeset = (tex: string) =>
    trusted(katex.renderToString(tex, { output: "htmlAndMathml", displayMode: true, throwOnError: true }));
  return html`<dl class="formulae">
${formulae.map(
  ({ tex, meaning, where }) => html`<dt>${withMath(meaning)} <a class="where" href="${sourceUrl}">${where}</a></dt>
<dd class="scroll" tabindex="0" role="region" aria-label="${meaning}">${typeset(tex)}</dd>
`,
)}</dl>`;
};
