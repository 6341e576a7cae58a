/** A pure function whose answers are kept, by the JSON of what it is asked. */
export const memoised = <Asked, Answer>(answer: (asked: Asked) => Answer): ((asked: Asked) => Answer) => {
  const known = new Map<string, Answer>();
  return asked => {
    const key = JSON.stringify(asked);
    if (!known.has(key)) known.set(key, answer(asked));
    return known.get(key) as Answer;
  };
};
