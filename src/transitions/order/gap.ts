import { type Evidence, text } from "./evidence.ts";
import type { Profile } from "./profile.ts";

/** A jump between two neighbouring controls with nothing seen in between: suggestive, but a finer grid has to tell. */
export const gap = (profiles: readonly Profile[]): Evidence | null => {
  const last = profiles.at(-1);
  if (!last?.unresolved) return null;
  const { height, from, to } = last.jump;
  return {
    probe: "gap",
    support: { none: -1, continuous: -0.5, discontinuous: 0 },
    finding:
      `at size ${text(last.size)} the order parameter moves by ${text(height)} between controls ${text(from)} and ${text(to)}, far more than it fluctuates: ` +
      "a jump, or a grid too coarse to see what lies between",
    values: { height, from, to },
  };
};
