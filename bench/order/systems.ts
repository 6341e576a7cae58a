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
import {
  curieWeiss,
  noise,
  type Potts,
  percolation,
  potts as pottsModel,
  range,
  ring,
  rotators,
  type Sampling,
  spinsInField,
} from "./samplers.ts";

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
  tables: seed => [pottsModel({ q, on }, { controls: around(critical, below, above), sizes, samples: 200, seed })],
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

/** Heated from order and cooled from disorder, as phases may outlive their end. */
const bothWays = (potts: Potts, { controls, ...sampling }: Sampling): Observation[] =>
  (["up", "down"] as const).flatMap(direction =>
    pottsModel(potts, { controls: direction === "up" ? controls : [...controls].reverse(), ...sampling }).map(cell => ({
      ...cell,
      direction,
    })),
  );

/** Potts model with a jump on the square lattice. */
const jumping = (q: number, half: number, sizes: readonly number[]): KnownSystem => ({
  name: `Potts, q = ${q}, both ways`,
  critical: squareT(q),
  right: q === 5 ? ["discontinuous", "undecided"] : ["discontinuous"],
  tables: seed => [
    bothWays({ q, on: "square", every: 4 }, { controls: around(squareT(q), half, half), sizes, samples: 100, seed }),
  ],
});

const critical = (
  name: string,
  potts: Potts,
  at: number,
  [below, above]: readonly [number, number],
  sizes: readonly number[],
  known: Pick<KnownSystem, "right" | "inverseNu" | "betaOverNu">,
): KnownSystem => ({
  name,
  critical: at,
  ...known,
  tables: seed => [
    pottsModel({ every: 5, ...potts }, { controls: around(at, below, above), sizes, samples: 200, seed }),
  ],
});

/** Fold of a m^2 / 2 - m^4 / 4 + m^6 / 6, where its ordered minimum ends. */
const FOLD = 1 / 4;

const PACES = { paces: [50, 200], kick: (visit: number) => 0.001 * (1 + (visit % 3)) };

/** The systems of the table. */
export const systems: readonly KnownSystem[] = [
  critical("Ising, square", { q: 2, on: "square" }, squareT(2), [0.1, 0.12], [12, 24, 48], continuous(1, 1 / 8)),
  critical("Ising, cubic", { q: 2, on: "cubic" }, 2 * 1.1278486, [0.08, 0.09], [6, 10, 16], continuous(1.5874, 0.5181)),
  critical("Potts, q = 2", { q: 2, on: "square" }, squareT(2), [0.14, 0.13], [10, 20, 40], continuous(1, 1 / 8)),
  critical("Potts, q = 3", { q: 3, on: "square" }, squareT(3), [0.08, 0.07], [12, 24, 48], continuous(6 / 5, 2 / 15)),
  critical("Potts, q = 4", { q: 4, on: "square" }, squareT(4), [0.06, 0.07], [12, 24, 48], continuous(3 / 2, 1 / 8)),
  jumping(5, 0.05, [12, 24, 48]),
  jumping(8, 0.05, [12, 24, 48]),
  jumping(10, 0.05, [12, 24, 48]),
  jumping(20, 0.07, [8, 16, 32]),
  {
    name: "percolation, sites, square",
    critical: 0.592746,
    ...continuous(3 / 4, 5 / 48),
    tables: seed => [
      percolation("sites", "square", { controls: range(0.5, 0.69, 11), sizes: [16, 32, 64], samples: 200, seed }),
    ],
  },
  {
    name: "percolation, bonds, square",
    critical: 0.5,
    ...continuous(3 / 4, 5 / 48),
    tables: seed => [
      percolation("bonds", "square", { controls: range(0.41, 0.6, 12), sizes: [12, 24, 48], samples: 200, seed }),
    ],
  },
  {
    name: "Curie-Weiss",
    critical: 1,
    ...continuous(1 / 2, 1 / 4),
    tables: seed => [curieWeiss({ controls: range(0.6, 1.35, 15), sizes: [100, 200, 400, 800], samples: 250, seed })],
  },
  {
    name: "plane rotators, square",
    right: ["undecided", "none"],
    tables: seed => [rotators("square", { controls: range(0.55, 1.4, 12), sizes: [8, 16, 32], samples: 150, seed })],
  },
  {
    name: "Ising, ring",
    right: ["none", "undecided"],
    tables: seed => [ring({ controls: range(0.4, 2.4, 11), sizes: [16, 32, 64], samples: 200, seed })],
  },
  {
    name: "noise",
    right: ["none"],
    tables: seed => [noise({ controls: range(0, 1, 12), sizes: [8, 16, 32], samples: 120, seed })],
  },
  {
    name: "spins in a field",
    right: ["none"],
    tables: seed => [spinsInField({ controls: range(-2, 2, 15), sizes: [16, 32, 64], samples: 150, seed })],
  },
  landauOf(8, 1.3),
  landauOf(4, 0.2),
  landauOf(2, 5),
  landauOf(1, 1),
  {
    name: "mean-field Ising, sweeps",
    right: ["continuous"],
    critical: 1,
    tables: seed => [sweeps(meanFieldIsing, range(0.6, 1.3 + 0.005 * (seed % 7), 36), PACES)],
  },
  {
    name: "mean-field Potts, q = 3, sweeps",
    right: ["discontinuous"],
    critical: meanFieldPottsEnd(3),
    tables: seed => [sweeps(meanFieldPotts(3), range(0.15, 0.48 + 0.005 * (seed % 7), 41), PACES)],
  },
  {
    name: "Landau theory with a fold, sweeps",
    right: ["discontinuous"],
    critical: FOLD,
    tables: seed => [
      sweeps((m, a) => m - 0.2 * m * (a - m * m + m * m * m * m), range(-0.5, 0.5 + 0.01 * (seed % 7), 35), PACES),
    ],
  },
  {
    name: "Onsager, five grids",
    right: ["continuous"],
    critical: ONSAGER,
    tables: seed =>
      (
        [
          [1.5, 3, 120],
          [1, 3.5, 60],
          [2.1, 2.4, 40],
          [1.6, 2.9, 24],
          [0.5, 4, 46],
        ] as const
      ).map(([from, to, count]) => curve(range(from + 0.002 * (seed % 7), to, count), onsager)),
  },
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
