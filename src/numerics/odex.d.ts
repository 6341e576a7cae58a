/** What Landau uses of odex 2.0.4. */
export declare class Solver {
  constructor(dimension: number);
  absoluteTolerance: number;
  relativeTolerance: number;
  maxSteps: number;
  initialStepSize: number;
  solve(
    derivative: (t: number, y: number[]) => number[],
    from: number,
    y: number[],
    to: number,
  ): { readonly y: number[]; readonly outcome: Outcome };
}

export declare enum Outcome {
  Converged,
  MaxStepsExceeded,
  EarlyReturn,
}
