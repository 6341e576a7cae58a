/*
 * When a trajectory turns back. A stretch of it with momenta q_i has turned when going on from either end would bring the ends
 * closer: rho . q_first <= 0 or rho . q_last <= 0, rho = sum q_i.  [Betancourt 2017, appendix A.4.2]
 */

/** Looks for turns of a trajectory that doubles: in its newest subtree while the leaves come in, and in the whole when that is complete. */
export interface TurnWatch {
  /** Begins a trajectory of one point with momenta `q`. */
  begin(q: Float64Array): void;
  /** Forgets the last subtree. */
  start(): void;
  /** Takes in the momenta of leaf number `leaf`; true when a stretch that ends there, at any level of the tree, has turned. */
  turnsAt(leaf: number, q: Float64Array): boolean;
  /**
   * Joins the subtree to the trajectory; true when the whole has turned. `far` are the momenta at its other end, `junction` those where the
   * subtree was added, and `end` those of the subtree's last leaf.
   */
  joinedTurns(far: Float64Array, junction: Float64Array, end: Float64Array): boolean;
  /** Sum of the subtree's momenta so far; live. */
  readonly sum: Float64Array;
  /** Momenta of its first leaf; live. */
  readonly first: Float64Array;
}

/**
 * Keeps, of all earlier leaves, only what some stretch still needs: the first momenta of every stretch that is open and the sum before
 * it, one of each for every bit set in the leaf's number, and the last momenta of every finished left half. All of them are rows of one
 * array, which is faster than an array for each.
 */
export const turnWatch = (size: number, maxDepth: number): TurnWatch => {
  const slots = maxDepth + 1;
  const firstOf = (slot: number): number => 2 * slot * size;
  const beforeOf = (slot: number): number => (2 * slot + 1) * size;
  const endOf = (level: number): number => (2 * slots + level) * size;
  const [sum, zero, whole, after, farAt, junctionAt, endAt, length] = Array.from({ length: 8 }, (_, k) =>
    endOf(slots + 1 + k),
  );
  const rows = new Float64Array(length);
  return {
    sum: rows.subarray(sum, sum + size),
    first: rows.subarray(0, size),
    begin(q) {
      rows.set(q, whole);
    },
    start() {
      rows.fill(0, sum, sum + size);
    },
    turnsAt(leaf, q) {
      if ((leaf & 1) === 0) {
        const first = firstOf(slotOf(leaf));
        const before = first + size;
        for (let i = 0; i < size; i++) {
          const momentum = q[i];
          const total = rows[sum + i];
          rows[first + i] = momentum;
          rows[before + i] = total;
          rows[sum + i] = total + momentum;
        }
        return false;
      }
      // The largest stretch that ends here is the left half of one of 2^last leaves, a level for each bit set at the end of `leaf`.
      let last = 2;
      while ((leaf >> (last - 1)) & 1) last++;
      const end = endOf(last);
      // Of two leaves: all three conditions are one.
      const pair = firstOf(slotOf(leaf - 1));
      let byFirst = 0;
      let byLast = 0;
      for (let i = 0; i < size; i++) {
        const left = rows[pair + i];
        const momentum = q[i];
        const both = left + momentum;
        byFirst += both * left;
        byLast += both * momentum;
        rows[sum + i] += momentum;
        rows[end + i] = momentum;
      }
      if (!(byFirst > 0 && byLast > 0)) return true;
      for (let level = 2; level < last; level++) {
        const from = slotOf(leaf + 1 - (1 << level));
        const middle = slotOf(leaf + 1 - (1 << (level - 1)));
        const [a0, a1, b0] = [firstOf(from), endOf(level), firstOf(middle)];
        if (turned(rows, size, beforeOf(from), beforeOf(middle), sum, a0, a1, b0, end)) return true;
      }
      return false;
    },
    joinedTurns(far, junction, end) {
      rows.set(far, farAt);
      rows.set(junction, junctionAt);
      rows.set(end, endAt);
      for (let i = 0; i < size; i++) rows[after + i] = rows[whole + i] + rows[sum + i];
      const answer = turned(rows, size, zero, whole, after, farAt, junctionAt, firstOf(0), endAt);
      rows.copyWithin(whole, after, after + size);
      return answer;
    },
  };
};

/**
 * Whether the union of two neighbouring stretches a, b has turned, or the first with the beginning of the second, or the second with
 * the end of the first: the last two see a turn that just fits between the ends.  [as in Stan since 2.21]
 *
 * All are places of rows: the sums of momenta before a, between a and b, and behind b, as running sums; a0, a1 and b0, b1 are the momenta at
 * the outer and the inner ends: a0 a1 b0 b1 along the trajectory, in either direction of time.
 */
const turned = (
  rows: Float64Array,
  size: number,
  before: number,
  between: number,
  behind: number,
  a0: number,
  a1: number,
  b0: number,
  b1: number,
): boolean => {
  let all0 = 0;
  let all1 = 0;
  let left0 = 0;
  let left1 = 0;
  let right0 = 0;
  let right1 = 0;
  for (let i = 0; i < size; i++) {
    const middle = rows[between + i];
    const left = middle - rows[before + i];
    const right = rows[behind + i] - middle;
    const all = left + right;
    const outerA = rows[a0 + i];
    const innerA = rows[a1 + i];
    const innerB = rows[b0 + i];
    const outerB = rows[b1 + i];
    const leftMore = left + innerB;
    const rightMore = right + innerA;
    all0 += all * outerA;
    all1 += all * outerB;
    left0 += leftMore * outerA;
    left1 += leftMore * innerB;
    right0 += rightMore * innerA;
    right1 += rightMore * outerB;
  }
  return !(all0 > 0 && all1 > 0 && left0 > 0 && left1 > 0 && right0 > 0 && right1 > 0);
};

/** The number of bits set in leaf / 2: open stretches that begin at even leaves never share it. */
const slotOf = (leaf: number): number => {
  let bits = 0;
  for (let rest = leaf >> 1; rest !== 0; rest &= rest - 1) bits++;
  return bits;
};
