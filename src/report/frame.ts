import { html, type Markup, trusted } from "./markup.ts";
import { style } from "./style.ts";

/** Nothing may be fetched or run: the page is whole in itself. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";

export interface Frame {
  readonly title: string;
  /** The version of Landau that wrote it. */
  readonly version?: string;
  /** Rules besides those of every report. */
  readonly extraStyle?: string;
  readonly body: Markup;
}

/** One HTML file, readable without script and network. */
export const framed = ({ title, version = "", extraStyle, body }: Frame): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="landau ${version}">
<title>${title}</title>
<style>${trusted(style)}</style>${extraStyle && trusted(`\n<style>${extraStyle}</style>`)}
</head>
<body>
${body}
</body>
</html>
`.html;

/** Tables of so many columns do not fit on a phone. */
const WIDE = 5;

/** A frame in which a table scrolls sideways; on narrow screens a line says so. */
export const scrollingTable = (label: string, columns: number, table: Markup): Markup =>
  html`<div class="${columns < WIDE ? "scroll" : "scroll wide"}" tabindex="0" role="region" aria-label="${label}">${table}</div>`;
