import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/**
 * KaTeX's style sheet with only those of its fonts, as data, that a piece of typeset HTML uses: a font may be in use when all classes that a
 * selector for it names occur.
 */
export const formulaStyle = async (typeset: string): Promise<string> => {
  const sheet = await readFile(require.resolve("katex/dist/katex.min.css"), "utf8");
  const classes = new Set([...typeset.matchAll(/class="([^"]*)"/g)].flatMap(([, names]) => names.split(" ")));
  const mayMatch = (selector: string): boolean =>
    [...selector.matchAll(/\.([\w-]+)/g)].every(([, name]) => classes.has(name));
  const rules = sheet.replace(fontFace, "");
  const used = new Set(["KaTeX_Main normal 400"]);
  for (const [, selectors, body] of rules.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    const family = /KaTeX_\w+/.exec(body!)?.[0];
    if (family && selectors.split(",").some(mayMatch)) used.add(`${family} ${faceOf(body!)}`);
  }
  const faces: string[] = [];
  for (const [face] of sheet.matchAll(fontFace)) {
    const family = /KaTeX_\w+/.exec(face)![0];
    if (!used.has(`${family} ${faceOf(face)}`)) continue;
    const file = /url\((fonts\/[\w-]+\.woff2)\)/.exec(face)![1]!;
    const data = await readFile(require.resolve(`katex/dist/${file}`), "base64");
    faces.push(face.replace(/src:[^}]*/, `src:url(data:font/woff2;base64,${data}) format("woff2")`));
  }
  return faces.join("\n") + rules;
};

const fontFace = /@font-face\{[^}]*\}/g;

/** Style and weight that a rule or a font face states. */
const faceOf = (body: string): string =>
  `${/italic/.test(body) ? "italic" : "normal"} ${/font-weight:(700|bold)/.test(body) ? 700 : 400}`;
