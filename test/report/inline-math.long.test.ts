import { JSDOM } from "jsdom";
import { expect, test } from "vitest";
import { withMath } from "../../src/report/inline-math.ts";
import { systems } from "../../src/systems/index.ts";

/** The TeX of what was typeset. */
const texIn = (text: string): string[] =>
  [...new JSDOM(withMath(text).html).window.document.querySelectorAll("annotation")].map(
    ({ textContent }) => textContent!,
  );

/** The text of a page without its mathematics. */
const around = (text: string): string => {
  const { document } = new JSDOM(withMath(text).html).window;
  for (const each of document.querySelectorAll(".math")) each.replaceWith("[]");
  return document.body.textContent!;
};

test.each([
  ["With one hidden layer |U|^2 = (N - gamma)/kappa: continuous.", ["| U | ^{2} = ( N - \\gamma ) / \\kappa"]],
  ["The coefficient of a k-gon with k >= 5 is (3k - 1 + 3 sigma) / 2.", ["k \\ge 5", "( 3 k - 1 + 3 \\sigma ) / 2"]],
  ["D = 1 a continuous one at N", ["D = 1"]],
  [
    "beta = zeta_i^2 / eta_dec^2, with learned sigma",
    ["\\beta = \\zeta_{i} ^{2} / \\eta_{\\mathrm{dec}} ^{2}", "\\sigma"],
  ],
  ["late by 1.5 r^(2/3) at D = 2", ["1.5 r ^{2 / 3}", "D = 2"]],
  ["jumps from sqrt((D-1) s2/sigma_c2) to zero", ["\\sqrt{( D - 1 ) s_{2} / \\sigma_{c2}}"]],
  ["the phases are equal at gamma* and below 1e-6 (D = 2).", ["\\gamma^{*}", "10^{-6}", "( D = 2 )"]],
  ["3+ -> 4, 2+ -> 3, and 4++- at a k-gon: 95 % of 60", []],
  ["A run or a sweep of I and A", []],
  // One piece, which no line breaks.
  ["at a loss of 3.2e-14", ["{3.2 \\cdot 10^{-14}}"]],
])("%s", (text, tex) => {
  expect(texIn(text)).toEqual(tex);
});

test("what stands around mathematics is kept and escaped", () => {
  expect(around("A <b>word</b> & so on: sigma.")).toBe("A <b>word</b> & so on: [].");
  expect(around("Held at D = 2 (see gamma_c).")).toBe("Held at [] (see []).");
});

test("no statement of any system loses a word, and most formulae in them are typeset", async () => {
  let [typeset, signs] = [0, 0];
  for (const listed of Object.values(systems)) {
    const { claims } = await listed.load();
    for (const { statement } of claims) {
      const words = (text: string) => text.match(/[A-Za-z]{4,}/g) ?? [];
      const greek = /^(?:alpha|beta|gamma|delta|zeta|theta|kappa|lambda|sigma|sqrt|nBeta)$/;
      expect(words(around(statement)).filter(word => !greek.test(word))).toEqual(
        words(statement).filter(word => !greek.test(word)),
      );
      typeset += texIn(statement).length;
      signs += (around(statement).match(/[\^=]/g) ?? []).length;
    }
  }
  expect(typeset).toBeGreaterThan(100);
  expect(signs).toBeLessThan(0.05 * typeset);
});
