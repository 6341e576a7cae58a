/** A torus of edge L: for each site, the sites that its bonds lead to, `bonds` to a site, each bond once. */
export interface Lattice {
  readonly sites: number;
  readonly bonds: number;
  readonly neighbours: Int32Array;
}

/** Steps of the bonds that leave a site, by their coordinates. */
const STEPS = {
  chain: [[1]],
  square: [
    [1, 0],
    [0, 1],
  ],
  triangular: [
    [1, 0],
    [0, 1],
    [1, 1],
  ],
  cubic: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
} as const;

export type LatticeName = keyof typeof STEPS;

export const lattice = (name: LatticeName, L: number): Lattice => {
  const steps = STEPS[name];
  const dimension = steps[0].length;
  const sites = L ** dimension;
  const neighbours = new Int32Array(sites * steps.length);
  for (let site = 0; site < sites; site++)
    steps.forEach((step, bond) => {
      let [rest, place, unit] = [site, 0, 1];
      for (const along of step) {
        place += unit * (((rest % L) + along) % L);
        rest = Math.floor(rest / L);
        unit *= L;
      }
      neighbours[site * steps.length + bond] = place;
    });
  return { sites, bonds: steps.length, neighbours };
};

/** Clusters of sites, joined one bond at a time. */
export interface Clusters {
  readonly clear: () => void;
  /** A site that stands for the cluster of `site`. */
  readonly root: (site: number) => number;
  readonly join: (one: number, other: number) => void;
}

export const clustersOf = (sites: number): Clusters => {
  const parent = new Int32Array(sites);
  const root = (site: number): number => {
    while (parent[site] !== site) {
      parent[site] = parent[parent[site]];
      site = parent[site];
    }
    return site;
  };
  return {
    clear: () => {
      for (let i = 0; i < sites; i++) parent[i] = i;
    },
    root,
    join: (one, other) => {
      parent[root(one)] = root(other);
    },
  };
};
