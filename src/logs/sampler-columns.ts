import type { Transitions } from "../sampling/diagnostics/transitions.ts";
import type { Quantity } from "./draws.ts";

type Role = "divergent" | "depth" | "energy" | "other";

/** Names that nothing else has: CmdStan's, with two underscores at the end. */
const STAN: { readonly [name: string]: Role } = {
  divergent__: "divergent",
  treedepth__: "depth",
  energy__: "energy",
  accept_stat__: "other",
  stepsize__: "other",
  n_leapfrog__: "other",
  int_time__: "other",
};

/** Names of PyMC, NumPyro, BlackJAX, nutpie and ArviZ that no quantity has. */
const CLEAR: { readonly [name: string]: Role } = {
  diverging: "divergent",
  divergent: "divergent",
  is_divergent: "divergent",
  tree_depth: "depth",
  treedepth: "depth",
  reached_max_treedepth: "other",
  n_leapfrog: "other",
  step_size_bar: "other",
  mean_tree_accept: "other",
  max_energy_error: "other",
  perf_counter_diff: "other",
  perf_counter_start: "other",
  process_time_diff: "other",
  smallest_eigval: "other",
  largest_eigval: "other",
  index_in_trajectory: "other",
  num_trajectory_expansions: "other",
  num_integration_steps: "other",
};

/** Names that a quantity may have too: the sampler's only beside one of the names above. */
const SHARED: { readonly [name: string]: Role } = {
  energy: "energy",
  energy_error: "other",
  step_size: "other",
  stepsize: "other",
  n_steps: "other",
  num_steps: "other",
  accept_stat: "other",
  accept_prob: "other",
  acceptance_rate: "other",
  acceptance_prob: "other",
};

/** What CmdStan, PyMC, NumPyro and nutpie take when nothing else is asked for. */
const USUAL_DEPTH = 10;

/** The names among these that belong to the sampler, with what they hold. */
const rolesOf = (names: readonly string[]): ReadonlyMap<string, Role> => {
  const roles = new Map<string, Role>();
  const add = (table: { readonly [name: string]: Role }) => {
    for (const name of names) {
      const key = name.toLowerCase();
      if (Object.hasOwn(table, key)) roles.set(name, table[key]);
    }
  };
  add(STAN);
  add(CLEAR);
  if (roles.size > 0) add(SHARED);
  return roles;
};

/**
 * Takes what belongs to the sampler out of the quantities, so that it is not judged as draws are, and says so. Names that were asked for stay. `limit` is the
 * largest tree depth, where the file says it.
 */
export const splitSampler = (
  quantities: readonly Quantity[],
  { only, limit }: { readonly only?: readonly string[]; readonly limit?: number },
): { quantities: readonly Quantity[]; sampler?: Transitions; notes: string[] } => {
  const roles = rolesOf(quantities.map(({ name }) => name));
  const own = quantities.filter(({ name }) => roles.has(name));
  if (own.length === 0) return { quantities, notes: [] };
  const of = (role: Role) => own.find(({ name }) => roles.get(name) === role)?.chains;
  const [divergent, depth, energy] = [of("divergent"), of("depth"), of("energy")];
  const unused = own.filter(({ name }) => roles.get(name) === "other").map(({ name }) => name);
  return {
    quantities: quantities.filter(({ name }) => !roles.has(name) || only?.includes(name)),
    sampler: {
      ...(divergent && { divergent }),
      ...(depth && { depth: { chains: depth, limit: limit ?? USUAL_DEPTH } }),
      ...(energy && { energy }),
    },
    notes: [
      ...(unused.length > 0
        ? [
            `${unused.join(", ")}: of the sampler's steps, no ${unused.length > 1 ? "quantities" : "quantity"}; left out`,
          ]
        : []),
      ...(depth && limit === undefined
        ? [`the file does not say the largest tree depth: ${USUAL_DEPTH} is taken, as samplers do by default`]
        : []),
    ],
  };
};

/** Whether a name is one that only a sampler's column has. */
export const isOfSampler = (name: string): boolean =>
  Object.hasOwn(STAN, name.toLowerCase()) || Object.hasOwn(CLEAR, name.toLowerCase());
