import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { JSDOM } from "jsdom";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isLandauError } from "../../src/errors.ts";
import { pngRenderer } from "../../src/report/png.ts";
import { writeReport } from "../../src/report/write.ts";
import { figures as superpositionExhibits } from "../../src/systems/superposition/figures/index.ts";
import { emptyFolder } from "../support/scratch.ts";
import { runData, system } from "./fixture.ts";

let folder: string;
let path: string;
let page: Document;
let text: string;

beforeAll(async () => {
  folder = emptyFolder();
  path = await writeReport(runData(20), system, superpositionExhibits, { folder });
  text = await readFile(path, "utf8");
  page = new JSDOM(text).window.document;
});
afterAll(() => rm(folder, { recursive: true }));

describe("the page", () => {
  test("needs no script, no network and no other file to be read", () => {
    expect(path).toBe(join(folder, "report.html"));
    expect(page.querySelectorAll("script, link, iframe, img, object, embed, base")).toHaveLength(0);
    // url(#...) names a part of the page itself, such as the clip of a chart.
    expect(text).not.toMatch(/@import|url\((?!data:font\/woff2;base64,|#)/);
    for (const element of page.querySelectorAll("*"))
      for (const { name } of element.attributes) expect(name).not.toMatch(/^on|^src/);
  });

  test("escapes what comes from the run and from claims", () => {
    expect(page.querySelector("main b, main i, main img")).toBeNull();
    expect(page.body.textContent).toContain("<img src=x onerror=alert(1)>");
    expect(page.body.textContent).toContain('--name "<i>"');
    expect(page.body.textContent).toContain('A statement with <b>tags</b> & "quotes".');
  });

  test("says in words how many claims hold, fail and are undecided", () => {
    const summary = page.querySelector("#summary")!.textContent;
    expect(summary).toBe("Came out: 1 holds, 1 fails (hostile), 1 is undecided (mostly-4-gons).");
  });

  test("gives every claim its outcome as a word, its numbers, both routes and a link to the source", () => {
    for (const { claim, outcome } of runData(20).verdicts) {
      const card = page.getElementById(`claim-${claim}`)!.closest("details")!;
      expect(card.open).toBe(outcome !== "holds");
      expect(card.querySelector("summary .outcome")!.textContent).toContain(outcome);
      expect(card.querySelector(".routes")!.textContent).toContain("quadrature of the loss");
      expect(card.querySelector("a")!.getAttribute("href")).toBe(system.source.url);
    }
    const fraction = page.querySelector(".claim:has(#claim-mostly-4-gons) tbody")!.textContent;
    expect(fraction).toContain("0.55 (95 %: 0.42 to 0.67; 60 members)");
    expect(fraction).toContain("0.6 to 0.92");
    expect(page.querySelector(".claim:has(#claim-levels-exact) tbody")!.textContent).toContain(
      "0.1000000000000 ± 1e-12",
    );
  });

  test("has a table of contents whose links all lead somewhere, and unique ids", () => {
    for (const link of page.querySelectorAll('a[href^="#"]'))
      expect(page.getElementById(link.getAttribute("href")!.slice(1)), link.outerHTML).not.toBeNull();
    const ids = [...page.querySelectorAll("[id]")].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("names seed, command, versions and content hash", () => {
    const facts = page.querySelector(".facts")!.textContent;
    for (const fact of ["superposition-quick-1f3a", "0.1.0", "20.20.2", "blake3:0123456789abcdef", "--quick"])
      expect(facts).toContain(fact);
  });

  test("typesets every formula, with MathML for screen readers, and embeds only fonts that they use", () => {
    const { formulae } = superpositionExhibits;
    expect(page.querySelectorAll(".formulae dd math")).toHaveLength(formulae.length);
    expect(page.querySelectorAll(".formulae dd .katex-html")).toHaveLength(formulae.length);
    const fonts = [...text.matchAll(/@font-face\{[^}]*font-family:(\w+)/g)].map(([, family]) => family);
    expect(fonts).toEqual(expect.arrayContaining(["KaTeX_Main", "KaTeX_Math"]));
    expect(fonts).not.toContain("KaTeX_Fraktur");
  });
});

describe("the order of the page", () => {
  const follows = (first: string, second: string) =>
    Boolean(page.querySelector(first)!.compareDocumentPosition(page.querySelector(second)!) & 4);

  test("is what was asked, what came out, one figure of measured data, the verdicts", () => {
    expect(follows("#summary", "figure")).toBe(true);
    expect(page.querySelector("figure")!.id).toBe(`figure-${superpositionExhibits.figures[0].name}`);
    expect(follows("figure", "#verdicts")).toBe(true);
    expect(follows("#verdicts", "#figures")).toBe(true);
  });

  test("has the studies by their names in an appendix only, each with its settings", () => {
    const main = page.getElementById("studies")!.closest("section")!;
    for (const { name, settings } of runData(20).spec.studies) {
      const study = main.querySelector(`#study-${name}`)!;
      for (const key of Object.keys(settings)) expect(study.querySelector(".settings")!.textContent).toContain(key);
    }
  });

  test("folds self-checks away and leaves the physics open", async () => {
    const [levels, ...others] = system.claims;
    const check = { ...levels, selfCheck: true };
    const mixed = { ...system, claims: [check, ...others.map(claim => ({ ...claim, selfCheck: false }))] };
    const path = await writeReport(runData(5), mixed, superpositionExhibits, { folder: join(folder, "mixed") });
    const verdicts = new JSDOM(await readFile(path, "utf8")).window.document.querySelector(
      "[aria-labelledby=verdicts]",
    )!;
    const folded = verdicts.querySelector("details")!;
    expect(folded.open).toBe(false);
    expect(folded.textContent).toContain("levels-exact");
    expect(folded.textContent).not.toContain("mostly-4-gons");
  });
});

describe("the pictures", () => {
  test("stand in the page twice, for its width and for a phone's, of which style shows one", () => {
    for (const { name, width } of superpositionExhibits.figures) {
      const widths = [...page.querySelectorAll(`#figure-${name} .plot > svg`)].map(svg =>
        Number(svg.getAttribute("width")),
      );
      expect(widths, name).toEqual([width, 360]);
    }
    expect(text).toMatch(
      /max-width: 44rem\) \{\s*\.for-wide \{ display: none; \}\s*\.for-narrow \{ display: block; \}/,
    );
  });

  test("are kept as SVG and PNG beside the page, which names them but links to none: it may be mailed alone", async () => {
    const files = await readdir(join(folder, "figures"));
    const named = [...page.querySelectorAll(".files code:first-of-type")].map(({ textContent }) => textContent);
    expect(named.map(path => path!.replace("figures/", "")).sort()).toEqual(
      files.filter(file => file.endsWith(".svg")).sort(),
    );
    expect(files).toHaveLength(2 * superpositionExhibits.figures.length);
    for (const link of page.querySelectorAll("a")) expect(link.getAttribute("href")).toMatch(/^(#|https:)/);
  });

  test("are well-formed XML in their files", async () => {
    const { DOMParser } = new JSDOM("").window;
    for (const { name } of superpositionExhibits.figures) {
      const svg = await readFile(join(folder, "figures", `${name}.svg`), "utf8");
      expect(new DOMParser().parseFromString(svg, "image/svg+xml").documentElement.tagName).toBe("svg");
    }
  });
});

test("a run without records still makes a report, with the figures of pure theory", async () => {
  const bare = join(folder, "bare");
  const run = { ...runData(1), verdicts: [], records: () => [] };
  const bareText = await readFile(await writeReport(run, system, superpositionExhibits, { folder: bare }), "utf8");
  // Sections with nothing in them are left out.
  expect(bareText).not.toContain('id="verdicts"');
  expect(bareText).toContain('id="figures"');
  for (const body of new JSDOM(bareText).window.document.querySelectorAll("tbody"))
    expect(body.children.length).toBeGreaterThan(0);
  expect(await readdir(join(bare, "figures"))).toHaveLength(4);
});

test("a table that finds nothing to list is left out", async () => {
  const [table] = superpositionExhibits.tables;
  const empty: typeof table = { ...table, name: "empty", title: "Nothing to list", needs: [], rows: () => [] };
  const exhibits = { ...superpositionExhibits, figures: [], tables: [table, empty] };
  const made = await readFile(
    await writeReport(runData(1), system, exhibits, { folder: join(folder, "rows") }),
    "utf8",
  );
  expect(made).toContain(`id="table-${table.name}"`);
  expect(made).not.toContain("Nothing to list");
});

test("a folder that cannot be written is named", async () => {
  const file = join(folder, "file");
  await writeFile(file, "");
  const failure = await writeReport(runData(1), system, superpositionExhibits, { folder: file }).catch(error => error);
  expect(isLandauError(failure, "store")).toBe(true);
  expect(failure.message).toContain(file);
});

test("where nothing renders PNG, that is a note: the page and the SVG files are there", async () => {
  const bare = join(folder, "no-png");
  const notes: string[] = [];
  const options = {
    folder: bare,
    renderer: () => pngRenderer(() => Promise.reject(new Error("no native binding"))),
    onNotice: (note: string) => void notes.push(note),
  };
  const path = await writeReport(runData(5), system, superpositionExhibits, options);
  expect(await readFile(path, "utf8")).toContain("<svg");
  const names = await readdir(join(bare, "figures"));
  expect(names.length).toBeGreaterThan(0);
  expect(names.every(name => name.endsWith(".svg"))).toBe(true);
  expect(notes).toEqual([expect.stringMatching(/^no PNG files of the figures, .* no native binding$/)]);
});
