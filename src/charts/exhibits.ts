import type { RunView } from "../contracts/run-view.ts";
import type { Surface } from "./surface.ts";
import type { Drawing } from "./svg.ts";

/** Records without which a figure or table has nothing to show; `study.has(kind)` is one. */
export interface Need {
  readonly study: string;
  readonly kind: string;
}

export interface Figure {
  /** File name without extension. */
  readonly name: string;
  readonly title: string;
  /** The size it is made for, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly needs: readonly Need[];
  /** What is measured, the theory beside it, the uncertainty, and how many members: full sentences. */
  caption(run: RunView): string;
  draw(run: RunView, surface: Surface): Drawing;
}

export interface Table {
  readonly name: string;
  readonly title: string;
  readonly needs: readonly Need[];
  readonly columns: readonly { readonly label: string; readonly numeric?: boolean }[];
  caption(run: RunView): string;
  rows(run: RunView): readonly (readonly string[])[];
}

/** A formula in TeX with what it says and where it stands in the source. */
export interface Formula {
  readonly tex: string;
  readonly meaning: string;
  readonly where: string;
}

/** A symbol or word for phases, with what it says. */
export interface PhaseSymbol {
  readonly symbol: string;
  readonly meaning: string;
  /** Found in the text of a report that uses it. */
  readonly occurs: RegExp;
}

/** All that a report shows of a system besides its verdicts. */
export interface Exhibits {
  readonly figures: readonly Figure[];
  readonly tables: readonly Table[];
  readonly formulae: readonly Formula[];
  /** The symbols of its phases. */
  readonly symbols?: readonly PhaseSymbol[];
  /** BibTeX entry of the source. */
  readonly bibtex: string;
}

/** Whether a run holds what a figure or table needs. */
export const isAvailable = ({ needs }: Figure | Table, run: RunView): boolean =>
  needs.every(({ study, kind }) => run.records(study, kind).length > 0);

/** A model of one's own shows only what its records give. */
export const noExhibits: Exhibits = { figures: [], tables: [], formulae: [], bibtex: "" };
