import { type Claim, judge, type Verdict } from "../contracts/claim.ts";
import type { RunView } from "../contracts/run-view.ts";
import type { System } from "../contracts/system.ts";
import type { CompleteSpec } from "./complete-spec.ts";
import type { RecordTable } from "./records.ts";

/**
 * Judges the claims that a spec names, in its order. A claim whose study is missing is undecided; one that throws fails,
 * with the message as its reason, so that it is neither lost nor taken for a matter of more members. `onJudge` is called before each.
 */
export const judgeClaims = (
  spec: CompleteSpec,
  { claims }: System,
  { records }: RecordTable,
  onJudge: (claim: string, index: number, count: number) => void = () => {},
): readonly Verdict[] => {
  const view: RunView = {
    seed: spec.seed,
    study: name => spec.studies.find(study => study.name === name),
    records(study, kind) {
      if (!view.study(study)) throw new Error(`study ${study} was not run`);
      return records(study, kind);
    },
  };
  return spec.claims.map((id, index) => {
    onJudge(id, index, spec.claims.length);
    return judgeClaim(claims.find(claim => claim.id === id)!, spec, view);
  });
};

const judgeClaim = (claim: Claim, { studies }: CompleteSpec, view: RunView): Verdict => {
  const missing = claim.studies.map(({ name }) => name).filter(name => !studies.some(study => study.name === name));
  if (missing.length > 0) {
    const reason = `${missing.length === 1 ? "study" : "studies"} ${missing.join(", ")} not run`;
    return { claim: claim.id, outcome: "undecided", reason, comparisons: [] };
  }
  try {
    return judge(claim, claim.measure(view));
  } catch (error) {
    const reason = `could not be measured: ${error instanceof Error ? error.message : String(error)}`;
    return { claim: claim.id, outcome: "fails", reason, comparisons: [] };
  }
};
