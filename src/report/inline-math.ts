import katex from "katex";
import { html, type Markup, trusted } from "./markup.ts";

/*
 * Sentences carry their mathematics as one types it: "|U|^2 = (N - gamma)/kappa". In a terminal that is how it is read; in a report it
 * is found and typeset.
 */

const greek =
  "alpha|beta|gamma|delta|epsilon|zeta|eta|theta|kappa|lambda|mu|nu|pi|rho|sigma|tau|varphi|phi|chi|psi|omega".split(
    "|",
  );
const functions: { readonly [name: string]: string } = { sqrt: "\\sqrt", ln: "\\ln", log: "\\log", exp: "\\exp" };
const operators: { readonly [sign: string]: string } = {
  "<=": "\\le",
  ">=": "\\ge",
  "+-": "\\pm",
  "->": "\\to",
  "*": "\\cdot",
};

const name = `(?:${greek.join("|")}|${Object.keys(functions).join("|")}|nBeta|d[xQ]|[A-Za-z]\\d?)(?![A-Za-z])(?:_[A-Za-z0-9]+)?(?:\\*(?! *(?:[\\d(]|[A-Za-z]\\d?\\b|(?:${greek.join("|")})\\b)))?`;
const number = "\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?(?![A-Za-z]{2})";
const token = `(?:${number}|${name}|<=|>=|\\+-|->|[-+*/^=<>()\\[\\]|])`;
// Not within a word, nor next to the hyphen of one.
const span = new RegExp(`(?<![\\w.-])${token}(?: *${token})*(?![A-Za-z]|-[A-Za-z])`, "g");
const tokens = new RegExp(token, "g");

const isOperand = (text: string): boolean => /^[\w]/.test(text);

/** Text in which what is mathematics is typeset, with the MathML beside it for screen readers. */
export const withMath = (text: string): Markup => {
  const parts: Markup[] = [];
  let end = 0;
  for (const { found, index } of spansIn(text)) {
    const inner = trimmed(found);
    if (inner === undefined) continue;
    const start = index + inner.start;
    const typeset = rendered(inner.tokens);
    if (typeset === undefined) continue;
    parts.push(html`${text.slice(end, start)}`, typeset);
    end = start + inner.length;
  }
  return parts.length === 0 ? html`${text}` : html`${parts}${text.slice(end)}`;
};

/** Runs of mathematical signs with their places. A remark in brackets, "(D = 2)", is one of its own. */
const spansIn = (text: string): { readonly found: string; readonly index: number }[] =>
  [...text.matchAll(span)].flatMap(({ 0: found, index }) => {
    let at = index;
    return found.split(/ (?=\([^()]*[=<>])/).map(part => {
      const piece = { found: part, index: at };
      at += part.length + 1;
      return piece;
    });
  });

interface Span {
  readonly tokens: readonly string[];
  readonly start: number;
  readonly length: number;
}

/** A span without what belongs to the sentence around it; undefined when nothing is left that is more than a number or a letter. */
const trimmed = (found: string): Span | undefined => {
  const all = [...found.matchAll(tokens)].map(({ 0: text, index }) => ({ text, index }));
  const texts = () => all.map(({ text }) => text);
  while (all.length > 0) {
    const [first, last] = [all[0].text, all.at(-1)!.text];
    const excess = count(texts(), "(") - count(texts(), ")");
    if (/^(?:[-+*/^=<>[]|<=|>=|\+-|->)$/.test(last) || (last === ")" && excess < 0) || last === "(") all.pop();
    else if (/^[)\]*/^=<>]$/.test(first) || (first === "(" && excess > 0) || first === "->") all.shift();
    // The article.
    else if (/^[aAI]$/.test(last) && all.length > 1 && isOperand(all.at(-2)!.text)) all.pop();
    else if (/^[aAI]$/.test(first) && all.length > 1 && isOperand(all[1].text)) all.shift();
    else break;
  }
  if (!isMathematics(texts())) return undefined;
  const [start, last] = [all[0].index, all.at(-1)!];
  return { tokens: texts(), start, length: last.index + last.text.length - start };
};

const isMathematics = (texts: readonly string[]): boolean => {
  const paired = ["()", "[]"].every(([open, close]) => count(texts, open) === count(texts, close));
  if (!paired || count(texts, "|") % 2 === 1) return false;
  const names = texts.filter(text => /^[A-Za-z]/.test(text));
  const tells = texts.some(
    text =>
      ["^", "=", "<=", ">="].includes(text) ||
      /_|e[+-]?\d/.test(text) ||
      text === "nBeta" ||
      greek.includes(text.replace(/[_*].*$/, "")),
  );
  return (
    (tells && (names.length > 0 || texts.some(text => /e[+-]?\d/.test(text)))) ||
    (names.length > 0 && texts.includes("/") && texts.includes("("))
  );
};

const count = (texts: readonly string[], text: string): number => texts.filter(each => each === text).length;

const rendered = (texts: readonly string[]): Markup | undefined => {
  try {
    return html`<span class="math">${trusted(katex.renderToString(texOf(texts), { output: "htmlAndMathml", throwOnError: true }))}</span>`;
  } catch {
    // What only looked like mathematics stays as it was typed.
    return undefined;
  }
};

/** Tokens as TeX: "sqrt ( x )" is a root, "^ ( 2 D )" a power. */
const texOf = (texts: readonly string[]): string => {
  const out: string[] = [];
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i];
    if (text === "^" || text === "sqrt") {
      const [group, next] = groupAt(texts, i + 1);
      out.push(`${text === "^" ? "^" : "\\sqrt"}{${texOf(group)}}`);
      i = next - 1;
    } else out.push(operators[text] ?? atom(text));
  }
  return out.join(" ");
};

/** What stands from a place on as one: the inside of a pair of brackets, or a token with its sign. Also the place after it. */
const groupAt = (texts: readonly string[], from: number): readonly [readonly string[], number] => {
  if (texts[from] !== "(") {
    const to = texts[from] === "-" ? from + 2 : from + 1;
    return [texts.slice(from, to), to];
  }
  let depth = 0;
  let to = from;
  do depth += texts[to] === "(" ? 1 : texts[to] === ")" ? -1 : 0;
  while (depth > 0 && ++to < texts.length);
  return [texts.slice(from + 1, to), to + 1];
};

const atom = (text: string): string => {
  const power = /^(\d[\d.]*)e\+?(-?\d+)$/.exec(text);
  if (power) return power[1] === "1" ? `10^{${power[2]}}` : `{${power[1]} \\cdot 10^{${power[2]}}}`;
  const parts = /^([A-Za-z]+?)(\d?)(?:_(\w+))?(\*)?$/.exec(text);
  if (!parts) return text;
  const [, base, digit, index, star] = parts;
  const symbol = base === "nBeta" ? "n \\beta" : (functions[base] ?? (greek.includes(base) ? `\\${base}` : base));
  const below = [digit, index && (index.length > 1 && /^[a-z]+$/.test(index) ? `\\mathrm{${index}}` : index)]
    .filter(Boolean)
    .join(",");
  return `${symbol}${below && `_{${below}}`}${star ? "^{*}" : ""}`;
};
