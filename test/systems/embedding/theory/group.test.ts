import { expect, test } from "vitest";
import { stream } from "../../../../src/numerics/stream.ts";
import {
  checkTable,
  groupParallelograms,
  groupTrainingSet,
  impliedByGroup,
  symmetricGroup,
} from "../../../../src/systems/embedding/theory/group.ts";

test("the table of S3 is a group that does not commute, with 90 parallelograms", () => {
  checkTable(symmetricGroup);
  for (const a of [0, 1, 2, 3, 4, 5])
    for (const b of [0, 1, 2, 3, 4, 5]) {
      expect(symmetricGroup[0][a]).toBe(a);
      for (const c of [0, 1, 2, 3, 4, 5])
        expect(symmetricGroup[symmetricGroup[a][b]][c]).toBe(symmetricGroup[a][symmetricGroup[b][c]]);
    }
  expect(symmetricGroup[1][2]).not.toBe(symmetricGroup[2][1]);
  expect(groupParallelograms(symmetricGroup)).toHaveLength(90);
});

test("all pairs imply all parallelograms, one pair none", () => {
  expect(impliedByGroup(symmetricGroup, new Uint8Array(36).fill(1))).toHaveLength(90);
  const one = new Uint8Array(36);
  one[7] = 1;
  expect(groupTrainingSet(symmetricGroup, one)).toEqual({ parallelograms: 90, implied: 0, idealAccuracy: 1 / 36 });
});

test("in a group that commutes what is given is implied, and with three pairs of one product more than that", () => {
  const table = [0, 1, 2, 3].map(a => [0, 1, 2, 3].map(b => (a + b) % 4));
  const marks = new Uint8Array(16);
  const given = [
    [0, 1],
    [1, 0],
    [1, 1],
    [2, 0],
  ];
  for (const [a, b] of given) marks[4 * a + b] = 1;
  const implied = impliedByGroup(table, marks);
  const product = (place: number) => table[Math.floor(place / 4)][place % 4];
  for (const [first, second] of implied) expect(product(first)).toBe(product(second));
  const links = groupParallelograms(table);
  const own = links.filter(link => link.every(place => marks[place] === 1));
  expect(own).toHaveLength(2);
  for (const link of own) expect(implied).toContainEqual(link);
  // With E_0 E_2 = E_1 E_1 the right quotients of steps by one are joined too.
  marks[4 * 0 + 2] = 1;
  expect(impliedByGroup(table, marks).length).toBeGreaterThan(
    links.filter(link => link.every(place => marks[place] === 1)).length,
  );
});

test("how much is implied does not depend on the names of the elements", () => {
  const random = stream({ seed: 3, purpose: "group" });
  const inverse = [0, 1, 2, 3, 4, 5].map(a => symmetricGroup[a].indexOf(0));
  for (let trial = 0; trial < 200; trial++) {
    const trained = Uint8Array.from({ length: 36 }, () => Number(random.uniform() < 0.3));
    const count = impliedByGroup(symmetricGroup, trained).length;
    for (let g = 1; g < 6; g++) {
      const renamed = (a: number) => symmetricGroup[symmetricGroup[g][a]][inverse[g]];
      const other = new Uint8Array(36);
      trained.forEach((mark, pair) => {
        other[renamed(Math.floor(pair / 6)) * 6 + renamed(pair % 6)] = mark;
      });
      expect(impliedByGroup(symmetricGroup, other).length).toBe(count);
    }
  }
});
