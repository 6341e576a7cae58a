/** What a call can end with, besides 0. */
export const exitCodes = {
  /** A claim fails, an answer differs from a vector, there is no estimate, draws are doubtful, a run is not done, or a batch system refuses. */
  wrong: 1,
  badInput: 2,
  /** A fault of the program. */
  internal: 70,
  /** Stopped by Ctrl-C; by SIGTERM it is 143 and by SIGHUP 129, as a shell counts. */
  cancelled: 130,
} as const;
