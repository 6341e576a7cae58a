import { judgeComparison } from "../../src/contracts/claim.ts";
import { studiesOf } from "../../src/contracts/study.ts";
import type { System } from "../../src/contracts/system.ts";
import { plainMath } from "../plain-math.ts";
import type { StudySlot } from "../studies.ts";
import { SlotText } from "./slot-text.tsx";

/** The claims of the source; its short reproduction runs here and judges them. */
export const Claims = ({ system, slot }: { readonly system: System; readonly slot: StudySlot }) => {
  const { state, finished } = slot.slot.value;
  const verdicts = new Map((finished?.verdicts ?? []).map(verdict => [verdict.claim, verdict]));
  const studies = studiesOf(system.studies, "quick");
  const names = new Set(studies.map(({ name }) => name));
  const judged = system.claims.filter(claim => claim.studies.every(({ name }) => names.has(name)));
  const run = () =>
    void slot.startSpec({
      landau: 1,
      system: system.name,
      title: "quick",
      seed: 0,
      studies,
      claims: judged.map(({ id }) => id),
    });
  return (
    <div class="claims">
      <p class="row">
        <button type="button" onClick={() => (state === "running" ? slot.cancel() : run())}>
          {state === "running" ? "Stop" : `Run the short reproduction and judge ${judged.length} claims`}
        </button>
        <span class="quiet">
          The same as <code>landau reproduce {system.name} --quick</code>; it may take minutes.
        </span>
      </p>
      <SlotText slot={slot} what="reproduction" />
      <ul>
        {system.claims.map(({ id, statement, where, routes }) => {
          const verdict = verdicts.get(id);
          return (
            <li key={id}>
              {verdict && <strong class={`outcome ${verdict.outcome}`}>{verdict.outcome} </strong>}
              {plainMath(statement)}{" "}
              <span class="quiet">
                ({plainMath(where)}. Measured: {plainMath(routes.measured)}. Predicted: {plainMath(routes.predicted)}.)
              </span>
              {verdict && verdict.outcome !== "holds" && (
                <span class="quiet">
                  {" "}
                  {plainMath(verdict.reason)};{" "}
                  {verdict.comparisons.filter(each => judgeComparison(each) !== "holds").length} of{" "}
                  {verdict.comparisons.length} comparisons.
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
};
