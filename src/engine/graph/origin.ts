/** Where the user's program asked for an array. The string is made when a message needs it, which is rarely. */
export interface Origin {
  /** "file:line:column", or "" when the engine does not tell. */
  text(): string;
}

export const unknownOrigin: Origin = { text: () => "" };

/** The place from which `called` was called. */
export const originOf = (called: (...args: never[]) => unknown): Origin => {
  const holder: { stack?: string } = {};
  const { captureStackTrace } = Error as { captureStackTrace?: (holder: object, above: unknown) => void };
  if (!captureStackTrace) return unknownOrigin;
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  captureStackTrace(holder, called);
  Error.stackTraceLimit = limit;
  return { text: () => place(holder.stack ?? "") };
};

/** "    at name (file:///a/b.mjs:3:7)" -> "b.mjs:3:7" */
const place = (stack: string): string => {
  const line = stack.split("\n").find(text => /:\d+:\d+\)?$/.test(text));
  return /([^/\\(\s]+:\d+:\d+)\)?$/.exec(line ?? "")?.[1] ?? "";
};
