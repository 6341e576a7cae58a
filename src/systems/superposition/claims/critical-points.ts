import { type Claim, claim } from "../../../contracts/claim.ts";
import { below, known, near } from "../../../contracts/comparisons.ts";
import { signature } from "../../../numerics/signature.ts";
import { sampledLoss } from "../model/quadrature.ts";
import { chamberRanks } from "../theory/chambers.ts";
import { families, familyPoint } from "../theory/families.ts";
import { flatRegion } from "../theory/flat-region.ts";
import { kgonPoint, solveKgon } from "../theory/kgon.ts";
import { hessianEigenvalues, kgonReport } from "../theory/kgon-report.ts";
import { levelLoss } from "../theory/levels.ts";
import { polynomialRoots } from "../theory/polygon-polynomials.ts";
import { expectedSignature, unstablePair } from "../theory/stability.ts";

/** Table A.1 as printed, and the 12-gon of Appendix E; h(k) and the other roots as computed with 50 digits. */
const PRINTED: readonly (readonly [k: number, l: number, bias: number])[] = [
  [5, 1.17046, -0.2823],
  [6, 1.32053, -0.61814],
  [7, 1.44839, -0.96691],
  [12, 1.03322, -0.46654],
];
const COMPUTED: readonly (readonly [k: number, l: number, bias: number, h: number])[] = [
  [5, 1.170459639097829, -0.28229728312677166, 0.23738440611741296],
  [6, 1.320526330779967, -0.618135131868215, 0.8674627685671054],
  [7, 1.4483937503795157, -0.9669063393796625, 1.7486950830484147],
  [8, 1.5504496900592575, -1.2911926446924902, 2.773102433623381],
  [9, 1.6171108489390935, -1.5423209213697082, 3.8716807520190284],
  [10, 1.618033988749895, -1.618033988749895, 5],
  [11, 1.2038879596394993, -0.7317835473968216, 6.105575307200948],
  [12, 1.0332156403459376, -0.4665393163833226, 7.052664477589186],
];

const largest = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

export const criticalPointClaims: readonly Claim[] = [
  claim("kgon-roots", "Table A.1 and Appendix E", {
    statement: "The regular k-gons are critical points with the tabulated length and bias.",
    routes: {
      measured: "Newton's method on the pieces of the loss",
      predicted: "published table, and 50-digit arithmetic",
      kind: "recomputed",
    },
    studies: [],
    measure: () => [
      ...PRINTED.flatMap(([k, l, bias]) =>
        known(
          "published",
          near(`${k}-gon: l, as printed`, solveKgon(k).l, l, 5.1e-6),
          near(`${k}-gon: bias, as printed`, solveKgon(k).bias, bias, 5.1e-6),
        ),
      ),
      ...COMPUTED.flatMap(([k, l, bias, h]) => [
        near(`${k}-gon: l`, solveKgon(k).l, l, 1e-12),
        near(`${k}-gon: bias`, solveKgon(k).bias, bias, 1e-12),
        near(`${k}-gon: h`, solveKgon(k).h, h, 1e-12),
      ]),
      below(
        "largest gradient norm at k = c",
        largest(COMPUTED.map(([k]) => kgonReport({ k, c: k, sigma: 0, vestigialBias: -1, rotation: 0.3 }).gradNorm)),
        1e-12,
      ),
    ],
  }),
  claim("kgon-polynomials", "Appendix E.1, the polynomial system", {
    statement: "Where all neighbours at less than a right angle are active, the polynomial system has the same roots.",
    routes: {
      measured: "Newton's method on the pieces of the loss",
      predicted: "roots of the polynomial system",
      kind: "recomputed",
    },
    studies: [],
    measure: () =>
      [5, 6, 7, 8, 12].flatMap(k => {
        const admissible = polynomialRoots(k).filter(root => root.admissible);
        const { l, bias } = solveKgon(k);
        return [
          near(`${k}-gon: admissible roots`, admissible.length, 1, 0),
          near(`${k}-gon: l`, l, admissible[0]?.l ?? Number.NaN, 1e-12),
          near(`${k}-gon: bias`, bias, admissible[0]?.bias ?? Number.NaN, 1e-12),
        ];
      }),
  }),
  claim("kgon-signatures", "k-gons as critical points: minima and saddles", {
    statement:
      "The k-gons from 5 to 9 are minima up to rotation and flat vestigial directions; 10, 11 and 12 are saddles.",
    routes: {
      measured: "eigenvalues of the Hessian",
      predicted: "count of symmetric and flat directions",
      kind: "formula",
    },
    studies: [],
    measure: () =>
      [
        ...[5, 6, 7, 8, 9, 10, 11, 12].map(k => ({ k, c: k, sigma: 0 })),
        { k: 5, c: 6, sigma: 0 },
        { k: 5, c: 6, sigma: 1 },
        { k: 6, c: 8, sigma: 2 },
      ].flatMap(({ k, c, sigma }) => {
        const eigenvalues = hessianEigenvalues(c, kgonPoint({ k, c, sigma, vestigialBias: -0.5, rotation: 0.3 }));
        const { nNegative, nZero } = signature(eigenvalues);
        const expected = expectedSignature({ k, c, sigma, phi: 0 });
        const name = `${k}${"+".repeat(sigma)} at c = ${c}`;
        return [
          near(`${name}: negative eigenvalues`, nNegative, expected?.nNegative ?? Number.NaN, 0),
          near(`${name}: zero eigenvalues`, nZero, expected?.nZero ?? Number.NaN, 0),
        ];
      }),
  }),
  claim("energy-levels", "table of the losses of all families", {
    statement:
      "All 18 families at c = 6 lie on their closed-form levels; each positive bias lowers the loss by 1/(4 c^2).",
    routes: {
      measured: "loss at the constructed points by quadrature over the data",
      predicted: "levels in closed form",
      kind: "formula",
    },
    studies: [],
    measure: () => [
      below(
        "largest distance of 18 points from their levels",
        largest(
          families.map(({ label, k, sigma, phi }) => {
            const measured = sampledLoss(familyPoint(6, label, -0.5), { c: 6, r: 2 });
            return measured - levelLoss({ c: 6, live: k - phi, sigma });
          }),
        ),
        1e-12,
      ),
      ...known(
        "published",
        near("L(4)", levelLoss({ c: 6, live: 4, sigma: 0 }), 0.11111, 5e-6),
        near("L(4+)", levelLoss({ c: 6, live: 4, sigma: 1 }), 0.10417, 5e-6),
        near("L(5)", levelLoss({ c: 6, live: 5, sigma: 0 }), 0.06874, 5e-6),
        near("L(5+)", levelLoss({ c: 6, live: 5, sigma: 1 }), 0.0618, 5e-6),
        near("L(6)", levelLoss({ c: 6, live: 6, sigma: 0 }), 0.04819, 5e-6),
      ),
      near(
        "L(5) - L(5+)",
        levelLoss({ c: 6, live: 5, sigma: 0 }) - levelLoss({ c: 6, live: 5, sigma: 1 }),
        1 / 144,
        1e-14,
      ),
    ],
  }),
  claim("flat-directions", "vestigial features: flat directions", {
    statement:
      "A negative vestigial feature of a k-gon with k >= 5 can move in three directions without changing the loss.",
    routes: { measured: "loss and gradient at moved points", predicted: "level in closed form", kind: "formula" },
    studies: [],
    measure: () => {
      const moved = [
        { vestigialColumn: [0.1, 0.05] as const, vestigialBias: -0.4 },
        { vestigialColumn: [-0.2, 0.1] as const, vestigialBias: -0.6 },
        { vestigialColumn: [0.24, 0] as const, vestigialBias: -0.31 },
      ].map(move => flatRegion({ c: 6, k: 5, ...move }));
      return [
        below("largest excess loss", largest(moved.map(({ excess }) => excess)), 1e-14),
        below("largest gradient norm", largest(moved.map(({ gradNorm }) => gradNorm)), 1e-12),
      ];
    },
  }),
  claim("mixed-saddles", "families such as 5+ at c = 7, and 4++-", {
    statement:
      "Positive beside negative vestigial biases make a k-gon a saddle; so do dead vertices beside positive biases.",
    routes: {
      measured: "eigenvalues of the Hessian; descent along the pair",
      predicted: "independent computation",
      kind: "recomputed",
    },
    studies: [],
    measure: () => {
      const lowest = (k: number, c: number) => hessianEigenvalues(c, familyPoint(c, `${k}+`, -0.5))[0];
      // The 4-gon has no Hessian, so its unstable pair is followed by finite steps: (x, y) along the eigenvector.
      const w = familyPoint(6, "4++-", -0.5);
      const [step, slope] = [1e-4, 1 + Math.SQRT2];
      const length = Math.sqrt(1 + slope * slope);
      const moved = w.slice();
      moved[4] += step / length;
      moved[0] -= (step * slope) / length;
      const curvature = (2 * (sampledLoss(moved, { c: 6, r: 2 }) - sampledLoss(w, { c: 6, r: 2 }))) / (step * step);
      return [
        near("lowest eigenvalue of 5+ at c = 7", lowest(5, 7), -6.83e-4, 5e-7),
        near("lowest eigenvalue of 6+ at c = 8", lowest(6, 8), -2.17e-4, 5e-7),
        near("curvature of L along the unstable pair of 4++-", curvature, unstablePair(6).negative, 1e-5),
      ];
    },
  }),
  claim("chamber-ranks", "direction-dependent coefficients of the 4-gon", {
    statement:
      "Half the Hessian ranks of the chambers that meet at the 4-gon are the quoted 4 to 5.5, and from 3 with a dead vertex.",
    routes: {
      measured: "Hessian ranks along directions around the point",
      predicted: "published values",
      kind: "published",
    },
    studies: [],
    measure: () =>
      (
        [
          [0, [4, 4.5, 5, 5.5]],
          [1, [3, 3.5, 4, 4.5]],
          [2, [2, 2.5, 3, 3.5]],
        ] as const
      ).flatMap(([phi, values]) => {
        const ranks = chamberRanks(phi);
        return [
          near(`${phi} dead vertices: number of different ranks`, ranks.length, values.length, 0),
          ...values.map((value, i) =>
            near(`${phi} dead vertices: half rank ${i + 1}`, ranks[i] ?? Number.NaN, value, 0),
          ),
        ];
      }),
  }),
];
