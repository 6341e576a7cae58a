/*
 * When a trajectory turns back. A stretch of it with momenta q_i has turned when going on from either end would bring the ends
 * closer: rho . q_first <= 0 or rho . q_last <= 0, rho = sum q_i.  [Betancourt 2017, appendix A.4.2]
 */

/**
 * Whether the union of two neighbouring stretches a, b has turned, or the first with the beginning of the second, or the second with
 * the end of the first: the last two see a turn that just fits between the ends.  [as in Stan since 2.21]
 *
 * The sums of momenta before a, between a and b, and behind b come as running sums; a0, a1 and b0, b1 are the momenta at the outer and
 * the inner ends: a0 a1 b0 b1 along the trajectory, in either direction of time.
 */
export const turned = (
  before: Float64Array,
  between: Float64Array,
  behind: Float64Array,
  a0: Float64Array,
  a1: Float64Array,
  b0: Float64Array,
  b1: Float64Array,
): boolean => {
  let all0 = 0;
  let all1 = 0;
  let left0 = 0;
  let left1 = 0;
  let right0 = 0;
  let right1 = 0;
  for (let i = 0; i < a0.length; i++) {
    const left = between[i] - before[i];
    const right = behind[i] - between[i];
    const all = left + right;
    const leftMore = left + b0[i];
    const rightMore = right + a1[i];
    all0 += all * a0[i];
    all1 += all * b1[i];
    left0 += leftMore * a0[i];
    left1 += leftMore * b0[i];
    right0 += rightMore * a1[i];
    right1 += rightMore * b1[i];
  }
  return !(all0 > 0 && all1 > 0 && left0 > 0 && left1 > 0 && right0 > 0 && right1 > 0);
};

/** Looks for turns inside a subtree while its leaves come in, at every level of the binary tree that they complete. */
export interface TurnWatch {
  /** Forgets the last subtree. */
  start(): void;
  /** Takes in the momenta of leaf number `leaf`; true when a stretch that ends there has turned. */
  turnsAt(leaf: number, q: Float64Array): boolean;
  /** Sum of the momenta so far; live. */
  readonly sum: Float64Array;
  /** Momenta of the first leaf; live. */
  readonly first: Float64Array;
}

/**
 * Keeps, of all earlier leaves, only what some stretch still needs: the first momenta of every stretch that is open and the sum before
 * it, one of each for every bit set in the leaf's number, and the last momenta of every finished left half.
 */
export const turnWatch = (size: number, maxDepth: number): TurnWatch => {
  const arrays = () => Array.from({ length: maxDepth + 1 }, () => new Float64Array(size));
  const [firsts, sumsBefore, leftEnds] = [arrays(), arrays(), arrays()];
  const sum = new Float64Array(size);
  return {
    sum,
    first: firsts[0],
    start() {
      sum.fill(0);
    },
    turnsAt(leaf, q) {
      if ((leaf & 1) === 0) {
        const slot = slotOf(leaf);
        const first = firsts[slot];
        const before = sumsBefore[slot];
        // A loop: for vectors this short it takes a third of what `set` does.
        for (let i = 0; i < size; i++) {
          first[i] = q[i];
          before[i] = sum[i];
          sum[i] += q[i];
        }
        return false;
      }
      add(sum, q);
      const pair = slotOf(leaf - 1);
      if (pairTurned(firsts[pair], q)) return true;
      // The stretches of 4, 8, ... leaves that end here: one for each further bit set at the end of the leaf's number.
      let level = 2;
      for (; (leaf >> (level - 1)) & 1; level++) {
        const from = slotOf(leaf + 1 - (1 << level));
        const middle = slotOf(leaf + 1 - (1 << (level - 1)));
        if (turned(sumsBefore[from], sumsBefore[middle], sum, firsts[from], leftEnds[level], firsts[middle], q))
          return true;
      }
      // The largest stretch that ends here is the left half of a longer one.
      if (level <= maxDepth) {
        const end = leftEnds[level];
        for (let i = 0; i < size; i++) end[i] = q[i];
      }
      return false;
    },
  };
};

/** Of two leaves: all three conditions are one. */
const pairTurned = (a: Float64Array, b: Float64Array): boolean => {
  let first = 0;
  let last = 0;
  for (let i = 0; i < a.length; i++) {
    const both = a[i] + b[i];
    first += both * a[i];
    last += both * b[i];
  }
  return !(first > 0 && last > 0);
};

const add = (sum: Float64Array, q: Float64Array): void => {
  for (let i = 0; i < sum.length; i++) sum[i] += q[i];
};

/** The number of bits set in leaf / 2: open stretches that begin at even leaves never share it. */
const slotOf = (leaf: number): number => {
  let bits = 0;
  for (let rest = leaf >> 1; rest !== 0; rest &= rest - 1) bits++;
  return bits;
};
