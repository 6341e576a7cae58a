import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { LIVE_MAP } from "../src/protocols/sweep.ts";
import { type Coefficient, createCoefficient } from "./coefficient.ts";
import { createEnsemble, type Ensemble } from "./ensemble.ts";
import { type MapPicture, mapPicture } from "./map-picture.ts";
import { potentialPicture, statePicture } from "./micro/index.ts";
import {
  type Judgement,
  judged,
  largestChange,
  measuredOf,
  type OverControl,
  overControlPicture,
} from "./over-control.ts";
import { historyPicture } from "./parts/history.tsx";
import { noTabPictures, type Picture, shortNumber, type TabPictures } from "./picture.ts";
import type { Session } from "./session.ts";
import { createSlot, mapLink, type StudySlot } from "./studies.ts";

/** What the visitor expects: asked for before anything is shown, then held against what came. */
export type Prediction =
  | { readonly stage: "off" }
  | { readonly stage: "asking" }
  | { readonly stage: "marked"; readonly value: number };

/** All that a screen works with: the run that plays, the studies beside it, and the pictures of them. Each picture is made anew only when what it shows is another. */
export interface Desk {
  readonly session: Session;
  readonly sweep: StudySlot;
  readonly measure: StudySlot;
  readonly map: StudySlot;
  readonly other: StudySlot;
  readonly coefficient: Coefficient;
  readonly ensemble: Ensemble;
  readonly prediction: Signal<Prediction>;
  /** Theory waits until the visitor has said where they expect the transition, and until it has been tried. */
  readonly isHidden: ReadonlySignal<boolean>;
  readonly state: ReadonlySignal<Picture | undefined>;
  readonly potential: ReadonlySignal<Picture | undefined>;
  readonly over: ReadonlySignal<OverControl>;
  /** None where the knob is the only control. */
  readonly mapped: ReadonlySignal<MapPicture | undefined>;
  readonly verdict: ReadonlySignal<Judgement | undefined>;
  /** What came of the visitor's guess, in words; empty before. */
  readonly revealed: ReadonlySignal<string>;
  /** Those of closed forms and of other runs. */
  readonly inTabs: TabPictures;
  /** All pictures as they stand. */
  pictures(): readonly Picture[];
}

export const createDesk = (session: Session): Desk => {
  const { system, knob, frame, values } = session;
  const [sweep, measure, map, other] = [0, 1, 2, 3].map(() => createSlot());
  const coefficient = createCoefficient(session);
  const ensemble = createEnsemble(session);
  const prediction = signal<Prediction>({ stage: "off" });
  const isHidden = computed(
    () =>
      prediction.value.stage === "asking" ||
      (prediction.value.stage === "marked" && sweep.slot.value.state === "running"),
  );
  const swept = computed(() => {
    const { run, link } = sweep.slot.value;
    return link?.settings.control === knob.value ? (run?.records("anneal", "sweep") ?? []) : [];
  });
  const measured = computed(() => {
    const { run, link } = measure.slot.value;
    return link?.settings.xControl === knob.value && run
      ? measuredOf(session, run.records(LIVE_MAP, "cell"), knob.value)
      : [];
  });
  const state = computed(() => (frame.value ? statePicture(system.name, frame.value) : undefined));
  const potential = computed(() => (frame.value ? potentialPicture(frame.value) : undefined));
  const over = computed(() =>
    overControlPicture({
      session,
      frame: frame.value,
      sweep: swept.value,
      measured: measured.value,
      isHidden: isHidden.value,
      marked: prediction.value.stage === "marked" ? prediction.value.value : undefined,
    }),
  );
  // As text, which is the same text while the two controls of the map are turned: the map then stays as it is.
  const mapOf = computed(() => {
    const link = map.slot.value.link ?? mapLink(session);
    if (!link || !session.knobs.includes(String(link.settings.xControl))) return "";
    const { xControl, yControl } = link.settings;
    const settings = { ...values.value, ...link.settings, [String(xControl)]: null, [String(yControl)]: null };
    return JSON.stringify({ link, settings });
  });
  const mapped = computed(() => {
    if (mapOf.value === "") return undefined;
    const { link } = JSON.parse(mapOf.value);
    return mapPicture(session, link, map.slot.value.run?.reading, isHidden.value);
  });
  const inTabs = noTabPictures();
  const desk: Desk = {
    ...{
      session,
      sweep,
      measure,
      map,
      other,
      coefficient,
      ensemble,
      prediction,
      isHidden,
      state,
      potential,
      over,
      mapped,
      inTabs,
    },
    verdict: computed(() => (isHidden.value ? undefined : judged(measured.value))),
    revealed: computed(() =>
      prediction.value.stage === "marked" && !isHidden.value ? revealText(desk, prediction.value.value) : "",
    ),
    pictures: () =>
      [
        state.value,
        potential.value,
        historyPicture(session),
        over.value,
        mapped.value,
        coefficient.picture.value,
        ensemble.picture.value,
        inTabs.form,
        ...inTabs.runs,
      ].filter(each => each !== undefined),
  };
  return desk;
};

const revealText = ({ session, sweep }: Desk, marked: number): string => {
  const records = sweep.slot.value.run?.records("anneal", "sweep") ?? [];
  if (sweep.slot.value.state !== "done") return "";
  const span = (direction: "up" | "down"): string => {
    const found = largestChange(records, direction);
    return found ? `${shortNumber(Math.min(...found))} to ${shortNumber(Math.max(...found))}` : "nowhere";
  };
  const critical = session.critical.value.map(shortNumber);
  const theory = critical.length > 0 ? `Theory says ${critical.join(", ")}.` : "Theory has no critical value here.";
  return `You marked ${shortNumber(marked)}. The sweep changed most between ${span("up")} on the way up and ${span("down")} on the way down. ${theory}`;
};
