import type { Chains } from "./chains.ts";
import { manyDraws, takesMany } from "./many-draws.ts";
import { plainDraws } from "./plain-draws.ts";
import type { Prepared } from "./prepared.ts";

/** What `use` makes of draws, which are held no longer than that takes. Many draws go through kernels, with the same bits. */
export const preparing = <T>(chains: Chains, use: (draws: Prepared) => T): T =>
  takesMany(chains) ? manyDraws(chains, use) : use(plainDraws(chains));
