/** Entries by their keys: keys in order of first appearance, the entries of each in the order of the list. */
export const groupBy = <Key, Each>(
  entries: readonly Each[],
  keyOf: (entry: Each) => Key,
): ReadonlyMap<Key, readonly Each[]> => {
  const groups = new Map<Key, Each[]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return groups;
};
