import type { Controls } from "../contracts/field.ts";
import type { RunView } from "../contracts/run-view.ts";
import type { StudyOf } from "./study.ts";

/** Records of one kind of several studies of a protocol, each with the name of its study and `at`, the settings it was run at. */
export const withSettings = <Declared extends Controls, Kinds, Kind extends keyof Kinds & string>(
  run: RunView,
  studies: readonly StudyOf<Declared, Kinds>[],
  kind: Kind,
) =>
  studies.flatMap(study =>
    study.of(run, kind).map(record => ({ ...record, study: study.name, at: study.settings(run) })),
  );
