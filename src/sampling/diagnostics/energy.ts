import { variance } from "../../numerics/statistics.ts";
import { type Chains, checkChains, whyUndefined } from "./chains.ts";
import { type Diagnostic, defined, undefinedFor } from "./diagnostic.ts";

/**
 * Energy fraction of missing information, sum (E_n - E_(n-1))^2 / sum (E_n - mean)^2, of each chain: how far fresh momenta move the
 * energy, against how far it has to go. Below 0.3 the momenta are too timid for the tails.  [Betancourt 2016, arXiv 1604.00695]
 */
export const eBfmi = (energies: Chains): Diagnostic[] => {
  checkChains(energies);
  return energies.map((energy, chain) => {
    const wrong = whyUndefined([energy]);
    if (wrong) return undefinedFor(`chain ${chain}: ${wrong.reason}`);
    let steps = 0;
    for (let i = 1; i < energy.length; i++) steps += (energy[i] - energy[i - 1]) * (energy[i] - energy[i - 1]);
    return defined(steps / (variance(energy) * (energy.length - 1)));
  });
};
