import { expect } from "vitest";
import type { Figure } from "../../src/charts/exhibits.ts";
import { svgText } from "../../src/charts/svg.ts";
import type { RunView } from "../../src/contracts/run-view.ts";
import { cutTexts, labelOverlaps } from "../charts/picture.ts";

/** A figure at its own width, on a phone and on a wide page: finite numbers, no text cut and no two overlapping. */
export const expectReadable = ({ name, width, height, draw }: Figure, run: RunView): void => {
  for (const each of [width, 340, 1000]) {
    const svg = draw(run, { width: each, height });
    expect(svgText(svg), name).not.toMatch(/NaN|Infinity|undefined/);
    expect(labelOverlaps(svg), `${name} at ${each} pixels`).toEqual([]);
    expect(cutTexts(svg), `${name} at ${each} pixels`).toEqual([]);
  }
};
