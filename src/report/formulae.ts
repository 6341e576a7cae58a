import type { Formula } from "../charts/exhibits.ts";
import { html, type Markup, trusted } from "./markup.ts";

export interface Typeset {
  readonly markup: Markup;
  /** Style sheet of the typeset formulae, the fonts they need included. */
  readonly style: string;
}

/**
 * The formulae of a system typeset by KaTeX: drawn in its own fonts, as browsers without a mathematical font draw MathML
 * poorly, with the MathML beside it for screen readers.
 */
export const typesetFormulae = async (formulae: readonly Formula[], sourceUrl: string): Promise<Typeset> => {
  const [{ default: katex }, { formulaStyle }] = await Promise.all([import("katex"), import("./formula-style.ts")]);
  const typeset = (tex: string) =>
    trusted(katex.renderToString(tex, { output: "htmlAndMathml", displayMode: true, throwOnError: true }));
  const markup = html`<dl class="formulae">
${formulae.map(
  ({ tex, meaning, where }) => html`<dt>${meaning} <a class="where" href="${sourceUrl}">${where}</a></dt>
<dd class="scroll" tabindex="0" role="region" aria-label="${meaning}">${typeset(tex)}</dd>
`,
)}</dl>`;
  return { markup, style: await formulaStyle(markup.html) };
};
