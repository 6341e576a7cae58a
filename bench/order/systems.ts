import { log } from "../../src/numerics/elementary.ts";
import type { Observation, Order } from "../../src/transitions/order/index.ts";
import {
  curve,
  landau,
  meanFieldIsing,
  meanFieldPotts,
  meanFieldPottsEnd,
  ONSAGER,
  onsager,
  sweeps,
} from "./curves.ts";
import type { LatticeName } from "./lattices.ts";
import { curieWeiss, noise, percolation, potts, range, ring, rotators, spinsInField } from "./samplers.ts";

export interface KnownSystem {
  readonly name: string;
  /** Verdicts that are right. */
  readonly right: readonly (Order | "undecided")[];
  readonly critical?: number;
  /** Exponents in units of the table's size. */
  readonly inverseNu?: number;
  readonly betaOverNu?: number;
  /** Tables to judge with a seed; more than one where all have to be right. */
  readonly tables: (seed: number) => readonly Observation[][];
}

/** Critical temperature of the q-state Potts model on the square lattice; on the triangular one, v^3 + 3 v^2 = q with v = exp(1/T) - 1. */
const squareT = (q: number): number => 1 / log(1 + Math.sqrt(q));
const triangularT = (q: number): number => {
  let [low, high] = [0, 10];
  for (let i = 0; i < 100; i++) {
    const v = (low + high) / 2;
    if (v * v * v + 3 * v * v > q) high = v;
    else low = v;
  }
  return 1 / log(1 + low);
};

/** Controls around a critical value, which is not one of them. */
const around = (critical: number, below: number, above: number, count = 11): number[] =>
  range(critical * (1 - below), critical * (1 + above), count);

const pottsOn = (
  on: LatticeName,
  q: number,
  critical: number,
  [below, above]: readonly [number, number],
  known: Omit<KnownSystem, "name" | "tables" | "critical">,
  sizes: readonly number[] = [12, 24, 48],
): KnownSystem => ({
  name: `Potts, q = ${q}, ${on}`,
  critical,
  ...known,
  tables: seed => [potts({ q, on }, { controls: around(critical, below, above), sizes, samples: 200, seed })],
});

const continuous = (inverseNu: number, betaOverNu: number) =>
  ({ right: ["continuous"], inverseNu, betaOverNu }) satisfies Partial<KnownSystem>;
const JUMP = { right: ["discontinuous"] } satisfies Partial<KnownSystem>;

const landauOf = (k: number, critical: number): KnownSystem => ({
  name: `Landau theory, exponent ${k === 1 ? 1 : `1/${k}`}`,
  right: ["continuous"],
  critical,
  tables: seed => [curve(range(0.4 * critical, critical * (1.3 + 0.01 * (seed % 7)), 40), landau(k, critical))],
});

/** The systems of the table. */
export const systems: readonly KnownSystem[] = [
  pottsOn("cubic", 2, 2 * 1.1278486, [0.07, 0.08], continuous(1.5874, 0.5181), [6, 10, 16]),
];

/** Other systems, at which the thresholds were set. */
export const development: readonly KnownSystem[] = [
  pottsOn("triangular", 2, triangularT(2), [0.08, 0.07], continuous(1, 1 / 8)),
  pottsOn("triangular", 3, triangularT(3), [0.07, 0.06], continuous(6 / 5, 2 / 15)),
  pottsOn("triangular", 4, triangularT(4), [0.05, 0.05], continuous(3 / 2, 1 / 8)),
  pottsOn("triangular", 6, triangularT(6), [0.05, 0.05], { right: ["discontinuous", "undecided", "continuous"] }),
  pottsOn("triangular", 12, triangularT(12), [0.04, 0.04], JUMP),
  pottsOn("triangular", 30, triangularT(30), [0.04, 0.1], JUMP),
  pottsOn("square", 9, squareT(9), [0.06, 0.06], JUMP, [10, 20, 40]),
  pottsOn("square", 15, squareT(15), [0.06, 0.06], JUMP, [8, 16, 32]),
  pottsOn("square", 25, squareT(25), [0.06, 0.06], JUMP, [6, 12, 24]),
  pottsOn("cubic", 3, 1.81632, [0.04, 0.04], { right: ["discontinuous", "undecided"] }, [6, 10, 16]),
  pottsOn("cubic", 5, 1 / 0.6964, [0.03, 0.03], JUMP, [5, 8, 12]),
  pottsOn("cubic", 2, 2 * 1.1278486, [0.1, 0.12], continuous(1.5874, 0.5181), [5, 8, 12]),
  {
    name: "percolation, sites, triangular",
    critical: 0.5,
    ...continuous(3 / 4, 5 / 48),
    tables: seed => [
      percolation("sites", "triangular", { controls: range(0.42, 0.57, 11), sizes: [12, 24, 48], samples: 150, seed }),
    ],
  },
  {
    name: "percolation, bonds, cubic",
    critical: 0.248812,
    ...continuous(1.1413, 0.477),
    tables: seed => [
      percolation("bonds", "cubic", { controls: range(0.2, 0.3, 11), sizes: [6, 10, 16], samples: 150, seed }),
    ],
  },
  {
    name: "Curie-Weiss, large",
    critical: 1,
    ...continuous(1 / 2, 1 / 4),
    tables: seed => [curieWeiss({ controls: range(0.75, 1.2, 15), sizes: [200, 400, 800, 1600], samples: 300, seed })],
  },
  {
    name: "rotators, triangular",
    right: ["undecided", "none"],
    tables: seed => [rotators("triangular", { controls: range(0.9, 2, 11), sizes: [8, 16, 32], samples: 150, seed })],
  },
  {
    name: "ring, low",
    right: ["none", "undecided"],
    tables: seed => [ring({ controls: range(0.25, 1.5, 11), sizes: [16, 32, 64], samples: 150, seed })],
  },
  {
    name: "noise, wide",
    right: ["none"],
    tables: seed => [noise({ controls: range(1, 3, 9), sizes: [10, 20, 40], samples: 80, seed })],
  },
  {
    name: "spins in field, few",
    right: ["none"],
    tables: seed => [spinsInField({ controls: range(-1.5, 1.5, 13), sizes: [8, 16, 32], samples: 100, seed })],
  },
  landauOf(3, 2),
  landauOf(6, 0.7),
  landauOf(12, 1),
  landauOf(1.5, 30),
  {
    name: "Onsager, other grids",
    right: ["continuous"],
    critical: ONSAGER,
    tables: seed =>
      (
        [
          [1.4, 3, 55],
          [2, 2.6, 15 + (seed % 3)],
          [0.8, 4, 30],
          [1.8, 2.4, 90],
        ] as const
      ).map(([from, to, count]) => curve(range(from + 0.003 * (seed % 5), to, count), onsager)),
  },
  {
    name: "mean-field Potts, q = 4, sweeps",
    right: ["discontinuous"],
    critical: meanFieldPottsEnd(4),
    tables: seed => [
      sweeps(meanFieldPotts(4), range(0.1, 0.5 + 0.01 * (seed % 4), 33), {
        paces: [20, 80],
        kick: i => 0.001 * (1 + (i % 3)),
      }),
    ],
  },
  {
    name: "mean-field Ising, sweeps, coarse",
    right: ["continuous"],
    critical: 1,
    tables: seed => [
      sweeps((m, T) => meanFieldIsing(m, T), range(0.45, 1.5 + 0.01 * (seed % 4), 21), {
        paces: [30, 120],
        kick: i => 0.001 * (1 + (i % 3)),
      }),
    ],
  },
];
