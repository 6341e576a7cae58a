import { colours, onDark, page } from "../charts/theme.ts";

/** A chart is drawn once, in the colours for light pages; on a dark one each is exchanged, that of the page too. */
const exchanged = [
  ...Object.entries(colours).map(([name, colour]) => [colour, onDark[name as keyof typeof colours]]),
  [page.light, page.dark],
]
  .map(([light, dark]) => `  .plot [stroke="${light}"] { stroke: ${dark}; } .plot [fill="${light}"] { fill: ${dark}; }`)
  .join("\n");

/** The report's style sheet: light and dark by the reader's preference, one column on a phone, black on white in print. */
export const style = `
:root {
  color-scheme: light dark;
  --page: ${page.light}; --text: #1b1f24; --quiet: #57606a; --rule: #d0d7de; --panel: #f6f8fa; --link: #0757a8; --shade: #0004;
  --holds: #12703f; --fails: #b3261e; --undecided: #7a5a00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: ${page.dark}; --text: #e6e9ed; --quiet: #a3adb8; --rule: #343b44; --panel: #1c2127; --link: #7ab8ff; --shade: #fff5;
    --holds: #5fd394; --fails: #ff8f84; --undecided: #e6c05a;
  }
}
@media screen and (prefers-color-scheme: dark) {
${exchanged}
}
* { box-sizing: border-box; }
html { font: 16px/1.55 system-ui, "DejaVu Sans", sans-serif; background: var(--page); color: var(--text); scroll-behavior: smooth; }
body { margin: 0 auto; padding: 1.5rem clamp(0.9rem, 3vw, 2rem) 4rem; max-width: 64rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0.5rem 0; }
h2 { font-size: 1.3rem; margin: 3rem 0 1rem; padding-bottom: 0.3rem; border-bottom: 1px solid var(--rule); }
h3 { font-size: 1.05rem; margin: 2rem 0 0.6rem; }
h4 { font-size: 1rem; margin: 0 0 0.4rem; }
p { margin: 0.5rem 0; }
h1, h2, h3, h4, p, td, th, dt, dd, figcaption { overflow-wrap: anywhere; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
code, pre { font: 0.9em/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
pre { background: var(--panel); border: 1px solid var(--rule); border-radius: 6px; padding: 0.8rem; overflow-x: auto; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--page); padding: 0.4rem 0.8rem; z-index: 1; }
.lead { font-size: 1.1rem; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.15rem 1.2rem; margin: 1rem 0; font-size: 0.92rem; }
.facts dt { color: var(--quiet); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.legend { margin: 0.4rem 0; font-size: 0.92rem; }
.legend dt { display: inline; font-weight: 600; }
.legend dd { display: inline; margin: 0 0 0 0.5rem; color: var(--quiet); }
nav ol { padding-left: 1.4rem; margin: 0.3rem 0; }
nav ol ol { columns: 20rem 2; column-gap: 2rem; font-size: 0.92rem; }
/* A shadow at each side tells that there is more: the covers of the shadows scroll away with the content. */
.scroll {
  overflow-x: auto;
  background:
    linear-gradient(to right, var(--page) 40%, transparent) left / 2.5rem 100% no-repeat local,
    linear-gradient(to left, var(--page) 40%, transparent) right / 2.5rem 100% no-repeat local,
    linear-gradient(to right, var(--shade), transparent) left / 0.9rem 100% no-repeat scroll,
    linear-gradient(to left, var(--shade), transparent) right / 0.9rem 100% no-repeat scroll;
}
.scroll th, .scroll td, [data-label="Known by"] { overflow-wrap: normal; }
table { border-collapse: collapse; width: 100%; font-size: 0.92rem; margin: 0.5rem 0; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.7rem 0.4rem 0; border-bottom: 1px solid var(--rule); }
thead th { color: var(--quiet); font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 500; overflow-wrap: break-word; }
.data th, .data td { white-space: nowrap; }
.number { text-align: right; }
.statement { display: block; font-weight: 400; }
.outcome { font-weight: 600; white-space: nowrap; }
.outcome.holds { color: var(--holds); } .outcome.fails { color: var(--fails); } .outcome.undecided { color: var(--undecided); }
summary { cursor: pointer; padding: 0.3rem 0; overflow-wrap: anywhere; }
.claim, .study { border: 1px solid var(--rule); border-radius: 8px; padding: 0.3rem 1rem; margin: 0.6rem 0; }
.where, .routes, .files, .quiet { color: var(--quiet); font-size: 0.87rem; }
th > .where { display: block; font-weight: 400; }
figure { margin: 0 0 2.5rem; break-inside: avoid; }
figure h3 { margin-top: 2.2rem; }
.plot > svg { display: block; margin: 0 auto; max-width: 100%; height: auto; }
.for-narrow { display: none; }
figcaption { font-size: 0.92rem; margin-top: 0.6rem; }
.math .katex { font-size: 1.05em; }
.formulae dt { margin-top: 1.2rem; }
.formulae dd { margin: 0.5rem 0; padding: 0.3rem 0; }
@media screen and (max-width: 44rem) {
  .for-wide { display: none; }
  .for-narrow { display: block; }
  .for-narrow > svg { width: 100%; max-width: 30rem; }
}
@media (max-width: 44rem) {
  .wide::before { content: "\\2194  scrolls sideways"; display: block; position: sticky; left: 0; width: max-content; color: var(--quiet); font-size: 0.82rem; }
  .facts { grid-template-columns: 1fr; } .facts dd { margin-bottom: 0.4rem; }
  .stacking, .stacking tbody, .stacking tr, .stacking td, .stacking tbody th { display: block; }
  .stacking thead { position: absolute; left: -100vw; }
  .stacking tr { padding: 0.6rem 0; border-bottom: 1px solid var(--rule); }
  .stacking td[data-label]::before { content: attr(data-label) ": "; color: var(--quiet); }
  .stacking td, .stacking tbody th { border: 0; padding: 0.1rem 0; }
}
@media print {
  :root { --page: #fff; --text: #000; --quiet: #444; --rule: #bbb; --panel: #fff; --link: #000; --holds: #000; --fails: #000; --undecided: #000; }
  body { max-width: none; padding: 0; }
  nav, .skip, .files { display: none; }
  .scroll { overflow: visible; } pre { white-space: pre-wrap; }
}
`;
