import type { Surface } from "../src/charts/surface.ts";
import type { Drawing } from "../src/charts/svg.ts";

export interface DataTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (number | string)[])[];
}

/** What a panel shows: drawn by the same functions as reports, with the numbers behind it. */
export interface Picture {
  /** File name without ending. */
  readonly name: string;
  readonly title: string;
  readonly height: number;
  draw(surface: Surface): Drawing;
  table(): DataTable;
}

/** Pictures that stand in a tab, kept for taking away when another tab is open. */
export interface TabPictures {
  form: Picture | undefined;
  runs: readonly Picture[];
}

export const noTabPictures = (): TabPictures => ({ form: undefined, runs: [] });

/** Numbers as a reader wants them. */
export const shortNumber = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) < 1e7 ? String(value) : String(Number(value.toPrecision(4)));
