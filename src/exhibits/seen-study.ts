import type { Figure } from "../charts/exhibits.ts";
import type { Json } from "../contracts/json.ts";
import type { Learner } from "../contracts/learner.ts";
import type { RunRecord } from "../contracts/protocol.ts";
import type { RunView } from "../contracts/run-view.ts";

/** A study as pictures see it. A `StudyOf` is one; `studyNamed` makes one of whatever a run holds. */
export interface SeenStudy<Kind extends string, Each> {
  readonly name: string;
  of(run: RunView, kind: Kind): readonly Each[];
  settings(run: RunView): Values;
}

/** Settings as they were run. */
export type Values = { readonly [name: string]: number | string };

/** A study of a run by its name, with the defaults of what its protocol sets. */
export const studyNamed = (name: string, defaults: Values = {}): SeenStudy<string, RunRecord> => ({
  name,
  of: (run, kind) => run.records(name, kind),
  settings: run => ({ ...defaults, ...run.study(name)?.settings }),
});

/** The head of a figure 760 wide of one kind of records: "ends-walks", titled "Where runs end: walks". */
export const figureHead = <Kind extends string>(
  study: SeenStudy<Kind, unknown>,
  kind: Kind,
  { name, title, height }: Pick<Figure, "name" | "title" | "height">,
): Pick<Figure, "name" | "title" | "width" | "height" | "needs"> => ({
  name: `${name}-${study.name}`,
  title: `${title}: ${study.name}`,
  width: 760,
  height,
  needs: [{ study: study.name, kind }],
});

export const numberIn = (record: { readonly [field: string]: Json }, field: string): number =>
  typeof record[field] === "number" ? (record[field] as number) : Number.NaN;

/** "weight decay (weightDecay)": what a control is, and how one sets it. */
export const controlLabel = ({ controls }: Pick<Learner, "controls">, name: string): string => {
  const summary = controls[name]?.summary;
  return summary === undefined ? name : `${summary} (${name})`;
};

export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
