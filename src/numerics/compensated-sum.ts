/** A running sum of nonnegative numbers, good to the last place however many there are (Neumaier 1974). */
export interface CompensatedSum {
  add(term: number): void;
  value(): number;
}

export const compensatedSum = (): CompensatedSum => {
  let sum = 0;
  let lost = 0;
  return {
    add(term) {
      const next = sum + term;
      lost += sum >= term ? sum - next + term : term - next + sum;
      sum = next;
    },
    value: () => sum + lost,
  };
};
