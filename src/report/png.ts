import { createRequire } from "node:module";
import { page } from "../charts/theme.ts";

/** Twice the size of the drawing, for screens of double density and for print. */
const SCALE = 2;

const require = createRequire(import.meta.url);
const fontFiles = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"];

/** An SVG as PNG on white. Only the fonts that ship with the package are used, so every machine makes the same picture. */
export const svgToPng = async (svg: string): Promise<Uint8Array> => {
  const { Resvg } = await import("@resvg/resvg-js");
  const image = new Resvg(svg, {
    background: page.light,
    fitTo: { mode: "zoom", value: SCALE },
    font: {
      loadSystemFonts: false,
      fontFiles: fontFiles.map(name => require.resolve(`dejavu-fonts-ttf/ttf/${name}`)),
      defaultFontFamily: "DejaVu Sans",
      sansSerifFamily: "DejaVu Sans",
    },
  });
  return image.render().asPng();
};
