import type { Study } from "./protocol.ts";

/** An ensemble that claims and figures read, as it is run in short and in full reproductions. `study` of the protocols makes one. */
export interface DeclaredStudy {
  readonly name: string;
  /** Absent where short reproductions leave it out. */
  readonly quick?: Study;
  readonly full: Study;
}

/** What a reproduction of a size runs, in the declared order. */
export const studiesOf = (studies: readonly DeclaredStudy[], size: "quick" | "full"): readonly Study[] =>
  studies.flatMap(study => study[size] ?? []);
