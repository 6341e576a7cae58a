import type { Member, Protocol, RunRecord } from "../../src/contracts/protocol.ts";

/**
 * Goes through a member as a host does: piece after piece and round after round, or all at once when the protocol has no plan. `run` is given
 * the piece's number and returns its records.
 */
export const inPieces = (
  protocol: Protocol,
  member: Member,
  run: (member: Member, number: number) => readonly RunRecord[],
): readonly RunRecord[] => {
  const records: RunRecord[] = [];
  let number = 0;
  for (let round = 0; ; round++) {
    const whole = round === 0 ? [undefined] : [];
    const pieces = protocol.plan ? protocol.plan(member, [...records], round) : whole;
    if (pieces.length === 0) return records;
    for (const piece of pieces) records.push(...run({ ...member, piece }, number++));
  }
};
