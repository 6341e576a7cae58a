import type { MapPhase } from "../../../charts/phase-map.ts";
import { colours } from "../../../charts/theme.ts";
import { type Phase, phases } from "../theory/phases.ts";

const looks: { readonly [phase in Phase]: Omit<MapPhase, "label"> } = {
  comprehension: { colour: colours.green, mark: "none" },
  grokking: { colour: colours.orange, mark: "plus" },
  memorization: { colour: colours.purple, mark: "slash" },
  confusion: { colour: colours.grey, mark: "cross" },
};

/** The four phases as maps draw them, in their order. */
export const mapPhases: readonly MapPhase[] = phases.map(label => ({ label, ...looks[label] }));
