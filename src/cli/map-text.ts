import { onDark } from "../charts/theme.ts";
import { DIVERGED } from "../protocols/sweep-cell.ts";
import type { MapGrid } from "../transitions/map/index.ts";

/** How a phase stands on a map of characters. */
export interface PhaseSymbol {
  readonly label: string;
  readonly letter: string;
  /** A hue of Okabe and Ito, told apart by all kinds of colour vision; letters say the same. */
  readonly colour: string;
}

/** Where no run was made. */
export const EMPTY = "·";

/** Light enough for a dark ground, dark enough for a light one; in the order in which pictures take them. */
const hues = (["blue", "vermillion", "green", "purple", "orange", "sky", "olive"] as const).map(name => onDark[name]);

/**
 * A letter and a colour for each phase, in the given order: the first letter or digit of its name that no phase before has, else one that is left.
 * Runs that diverged are grey.
 */
export const phaseSymbols = (labels: readonly string[]): readonly PhaseSymbol[] => {
  const taken = new Set<string>();
  let next = 0;
  return labels.map(label => {
    const own = [...label.toUpperCase()].filter(character => /[A-Z0-9]/.test(character));
    const letter = [...own, ..."ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"].find(each => !taken.has(each)) ?? "?";
    taken.add(letter);
    return { label, letter, colour: label === DIVERGED ? onDark.grey : hues[next++ % hues.length] };
  });
};

/** A map in characters, its first row below; undefined where no run was made. */
export type CharacterMap = readonly (readonly (PhaseSymbol | undefined)[])[];

/**
 * A map that fits into so many columns and rows of characters. Where it has more cells, a character stands for a block of them, and shows the phase
 * that most of them are in. `labelAt` is the phase of a cell, undefined for none.
 */
export const characterMap = (
  { columns, rows }: MapGrid,
  labelAt: (column: number, row: number) => string | undefined,
  symbols: readonly PhaseSymbol[],
  most: { readonly columns: number; readonly rows: number },
): CharacterMap => {
  const [wide, high] = [Math.ceil(columns / most.columns), Math.ceil(rows / most.rows)];
  const blockAt = (left: number, low: number): PhaseSymbol | undefined => {
    const counts = new Map<string, number>();
    for (let row = low; row < Math.min(low + high, rows); row++)
      for (let column = left; column < Math.min(left + wide, columns); column++) {
        const label = labelAt(column, row);
        if (label !== undefined) counts.set(label, (counts.get(label) ?? 0) + 1);
      }
    const top = Math.max(...counts.values());
    return symbols.find(({ label }) => counts.get(label) === top);
  };
  return Array.from({ length: Math.ceil(rows / high) }, (_, j) =>
    Array.from({ length: Math.ceil(columns / wide) }, (_, i) => blockAt(i * wide, j * high)),
  );
};

/** A line with its colours, and without them: what is shown where there are none, and what its width is taken from. */
export interface PaintedLine {
  readonly plain: string;
  readonly painted: string;
}

/** Paints text in a colour given as #rrggbb. */
export type Paint = (colour: string) => (text: string) => string;

/** One row of a map. */
export const mapRow = (row: CharacterMap[number], paint: Paint): PaintedLine => ({
  plain: row.map(symbol => symbol?.letter ?? EMPTY).join(""),
  painted: row.map(symbol => (symbol ? paint(symbol.colour)(symbol.letter) : EMPTY)).join(""),
});

/** "C comprehension 34 %  M memorization 66 %" */
export const keyLine = (
  symbols: readonly PhaseSymbol[],
  shares: ReadonlyMap<string, number>,
  paint: Paint,
): PaintedLine => {
  const text = ({ label }: PhaseSymbol) => ` ${label} ${percent(shares.get(label) ?? 0)}`;
  return {
    plain: symbols.map(symbol => symbol.letter + text(symbol)).join("  "),
    painted: symbols.map(symbol => paint(symbol.colour)(symbol.letter) + text(symbol)).join("  "),
  };
};

/** "34 %", "0.4 %" */
export const percent = (share: number): string => {
  const value = 100 * share;
  return `${value > 0 && value < 1 ? Number(value.toPrecision(1)) : Math.round(value)} %`;
};

/** The phase that most runs of each cell ended in, as runs come in; the first of several that are equal. */
export const cellTally = ({ columns, rows }: MapGrid) => {
  const cells = new Map<number, Map<string, number>>();
  const labels = new Set<string>();
  const most = (counts: ReadonlyMap<string, number> | undefined): string | undefined => {
    let [best, top] = [undefined as string | undefined, 0];
    for (const [label, count] of counts ?? []) if (count > top) [best, top] = [label, count];
    return best;
  };
  return {
    add(column: number, row: number, label: string): void {
      if (!(column < columns && row < rows)) return;
      labels.add(label);
      const at = row * columns + column;
      const counts = cells.get(at) ?? new Map<string, number>();
      cells.set(at, counts.set(label, (counts.get(label) ?? 0) + 1));
    },
    labelAt: (column: number, row: number) => most(cells.get(row * columns + column)),
    /** Cells with a run. */
    seen: () => cells.size,
    /** In the order in which they came. */
    labels: (): readonly string[] => [...labels],
    /** Of the cells with a run. */
    shares(): ReadonlyMap<string, number> {
      const shares = new Map<string, number>();
      for (const counts of cells.values()) {
        const label = most(counts)!;
        shares.set(label, (shares.get(label) ?? 0) + 1 / cells.size);
      }
      return shares;
    },
  };
};
