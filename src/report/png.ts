import { createRequire } from "node:module";
import { page } from "../charts/theme.ts";
import { LandauError } from "../errors.ts";

/** Twice the size of the drawing, for screens of double density and for print. */
const SCALE = 2;

const require = createRequire(import.meta.url);
const fontFiles = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"];

/** Makes an SVG a PNG. */
export type PngRenderer = (svg: string) => Uint8Array;

/**
 * The renderer, which is native code. Rejects with a LandauError of kind "input" where there is none for this system and processor, or where its
 * optional package was left out.
 */
export const pngRenderer = async (load = () => import("@resvg/resvg-js")): Promise<PngRenderer> => {
  const { Resvg } = await load().catch(cause => {
    const machine = `${process.platform} ${process.arch}`;
    throw new LandauError("input", `@resvg/resvg-js cannot be loaded on ${machine}: ${firstLine(cause)}`, { cause });
  });
  return svg =>
    new Resvg(svg, {
      background: page.light,
      fitTo: { mode: "zoom", value: SCALE },
      font: {
        loadSystemFonts: false,
        fontFiles: fontFiles.map(name => require.resolve(`dejavu-fonts-ttf/ttf/${name}`)),
        defaultFontFamily: "DejaVu Sans",
        sansSerifFamily: "DejaVu Sans",
      },
    })
      .render()
      .asPng();
};

/** An SVG as PNG on white. Only the fonts that ship with the package are used, so every machine makes the same picture. */
export const svgToPng = async (svg: string): Promise<Uint8Array> => (await pngRenderer())(svg);

const firstLine = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause)).split("\n")[0];
