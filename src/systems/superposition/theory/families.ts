import { invalid } from "../../../errors.ts";
import { kgonPoint } from "./kgon.ts";

/** A family of critical points k^{sigma+,phi-}: sigma positive vestigial biases, phi dead vertices (4-gons only). */
export interface Family {
  /** k, then sigma plus signs, then phi minus signs: "4++-". */
  readonly label: string;
  readonly k: number;
  readonly sigma: number;
  readonly phi: number;
}

/** A family among c features. */
export type Placed = Omit<Family, "label"> & { readonly c: number };

/** Signs of a label that are written out. */
const LONGEST = 1000;

const family = (k: number, sigma: number, phi = 0): Family => ({
  label: sigma + phi > LONGEST ? `${k} with ${sigma} + and ${phi} -` : k + "+".repeat(sigma) + "-".repeat(phi),
  k,
  sigma,
  phi,
});

/** The 18 families at c = 6, highest loss first within each k. */
export const families: readonly Family[] = [
  ...[4, 3, 2, 1, 0].flatMap(phi => [0, 1, 2].map(sigma => family(4, sigma, phi))),
  family(5, 0),
  family(5, 1),
  family(6, 0),
];

/**
 * Reads a label such as "5+" or "4++-" and checks that the family exists among c features. Throws a LandauError when it
 * does not.
 */
export const familyOf = (c: number, label: string): Family => {
  const parts = /^(\d{1,3})(\+*)(-*)$/.exec(label);
  if (!parts) throw invalid("family", label, 'the number of vertices, then + and - signs, such as "5", "5+" or "4++-"');
  return familyAt({ c, k: Number(parts[1]), sigma: parts[2].length, phi: parts[3].length });
};

/** The same for a family that is given by its numbers. */
export const familyAt = ({ c, k, sigma, phi }: Placed): Family => {
  const found = family(k, sigma, phi);
  if (k < 4) throw invalid("family", found.label, "at least 4 vertices");
  if (k + sigma > c) throw invalid("family", found.label, `k + sigma at most c = ${c}`);
  if (phi > (k === 4 ? 4 : 0)) throw invalid("family", found.label, "dead vertices only at a 4-gon, 4 at most");
  return found;
};

/** The bias that kills a vertex of the 4-gon: anything below minus the largest A_ij = 1 will do. */
const DEAD_BIAS = -1.5;

/** The critical point of a family by its label, flat; its negative vestigial features have the given bias. */
export const familyPoint = (c: number, label: string, vestigialBias: number): Float64Array => {
  const { k, sigma, phi } = familyOf(c, label);
  const w = kgonPoint({ k, c, sigma, vestigialBias, rotation: 0 });
  w.fill(DEAD_BIAS, 2 * c, 2 * c + phi);
  return w;
};
