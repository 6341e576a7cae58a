import { type Claim, type Comparison, claim } from "../../../contracts/claim.ts";
import { near } from "../../../contracts/comparisons.ts";
import { cos, sin } from "../../../numerics/elementary.ts";
import { type Stream, stream } from "../../../numerics/stream.ts";
import { classifyState } from "../phases.ts";
import { families, familyPoint } from "../theory/families.ts";

const C = 6;
const TWO_PI = 6.283185307179586;

/** Another state of the same phase: rotated, perhaps reflected, its features permuted, and jittered by `noise`. */
const disguised = (w: Float64Array, random: Stream, noise: number): Float64Array => {
  const angle = TWO_PI * random.uniform();
  const [cosine, sine] = [cos(angle), sin(angle)];
  const mirror = random.below(2) === 0 ? 1 : -1;
  const order = Int32Array.from({ length: C }, (_, i) => i);
  random.shuffle(order);
  const out = new Float64Array(w.length);
  for (let i = 0; i < C; i++) {
    const [x, y, b] = [w[order[i]], mirror * w[C + order[i]], w[2 * C + order[i]]];
    out[i] = cosine * x - sine * y + noise * random.normal();
    out[C + i] = sine * x + cosine * y + noise * random.normal();
    out[2 * C + i] = b + noise * random.normal();
  }
  return out;
};

const COPIES = 20;

/** How many of the disguised copies of all families have an order parameter other than the one they were built with. */
const mistakes = (seed: number, noise: number): Comparison[] => {
  const random = stream({ seed, purpose: "disguises" });
  const wrong = { k: 0, live: 0, sigma: 0, phi: 0, label: 0 };
  for (const { label, k, sigma, phi } of families)
    for (let copy = 0; copy < COPIES; copy++) {
      const state = classifyState(disguised(familyPoint(C, label, -0.5), random, noise), { c: C, r: 2 });
      if (state.k !== k) wrong.k++;
      if (state.live !== k - phi) wrong.live++;
      if (state.sigma !== sigma) wrong.sigma++;
      if (state.phi !== phi) wrong.phi++;
      if (noise === 0 && state.label !== (k === 4 ? 4 - phi : k) + "+".repeat(sigma)) wrong.label++;
    }
  return Object.entries(wrong).map(([name, count]) =>
    near(`wrong ${name} among ${families.length * COPIES} states, noise ${noise}`, count, 0, 0),
  );
};

export const classificationClaims: readonly Claim[] = [
  claim("classification", "phases by hull vertices, positive and dead biases", {
    statement:
      "A state is recognised by its k, live, sigma, phi and energy level, whatever the rotation, reflection or order of features.",
    routes: {
      measured: "classifier on disguised states",
      predicted: "the family each state was built from",
      kind: "recomputed",
    },
    studies: [],
    measure: ({ seed }) => [...mistakes(seed, 0), ...mistakes(seed, 1e-3)],
  }),
];
