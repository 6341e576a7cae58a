/** The first key that stands twice in one object of valid JSON, whose parser would keep the last and drop the others in silence. */
export const findDuplicateKey = (text: string): { readonly key: string; readonly index: number } | undefined => {
  // A set of keys for each open object, undefined for an array.
  const open: (Set<string> | undefined)[] = [];
  const token = /"(?:[^"\\]|\\.)*"|[{}[\]]/g;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [found] = match;
    if (found === "{") open.push(new Set());
    else if (found === "[") open.push(undefined);
    else if (found === "}" || found === "]") open.pop();
    else {
      const keys = open.at(-1);
      COLON.lastIndex = token.lastIndex;
      if (!keys || !COLON.test(text)) continue;
      // Escapes may hide that two keys are one.
      const key = JSON.parse(found) as string;
      if (keys.has(key)) return { key, index: match.index };
      keys.add(key);
    }
  }
  return undefined;
};

const COLON = /[ \t\r\n]*:/y;
