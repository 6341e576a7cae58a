import type { SavedState } from "../contracts/protocol.ts";
import type { OptimiserState } from "../learning/optimiser.ts";

/** Saved fields of an optimiser carry a prefix, so that none can clash with the protocol's own. */
const PREFIX = "optimiser.";

/** The state of an optimiser as fields of a saved state. */
export const savedOptimiser = (state: OptimiserState): SavedState =>
  Object.fromEntries(Object.entries(state).map(([name, value]) => [PREFIX + name, value]));

/** The state of an optimiser in a saved state, arrays copied. */
export const optimiserIn = (saved: SavedState): OptimiserState =>
  Object.fromEntries(
    Object.entries(saved)
      .filter(([name]) => name.startsWith(PREFIX))
      .map(([name, value]) => [name.slice(PREFIX.length), typeof value === "number" ? value : value.slice()]),
  );
