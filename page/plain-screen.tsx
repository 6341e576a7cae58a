import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { System } from "../src/contracts/system.ts";
import type { LabLink } from "../src/lab/link.ts";
import { Claims } from "./parts/claims.tsx";
import { ClosedForms, openingForm } from "./parts/closed-forms.tsx";
import { Downloads } from "./parts/downloads.tsx";
import { Runs } from "./parts/runs.tsx";
import { type NamedLink, Share } from "./parts/share.tsx";
import { SlotText } from "./parts/slot-text.tsx";
import { type Tab, Tabs } from "./parts/tabs.tsx";
import { Tour } from "./parts/tour.tsx";
import { noTabPictures } from "./picture.ts";
import { plainTourOf } from "./plain-tours.ts";
import type { StudySlot } from "./studies.ts";
import { lookFor } from "./words.ts";

interface PlainScreenOptions {
  readonly system: System;
  readonly slot: StudySlot;
  readonly opened?: LabLink | undefined;
}

/** The screen of a system without a learner: bounds and instruments. Its closed forms are what one turns. */
export const PlainScreen = ({ system, slot, opened }: PlainScreenOptions) => {
  const form = useSignal(openingForm(system));
  const kept = useMemo(noTabPictures, []);
  const isRun = opened !== undefined && Object.keys(opened.settings).length > 0;
  useEffect(() => {
    if (isRun) void slot.start(opened);
  }, [opened, slot]);
  const [first] = Object.keys(system.protocols);
  const link = slot.slot.value.link ?? { system: system.name, protocol: first, seed: 0, chains: 1, settings: {} };
  const links: readonly NamedLink[] = [{ what: slot.slot.value.link ? "this run" : `a run of ${first}`, link }];
  const pictures = () => [kept.form, ...kept.runs].filter(each => each !== undefined);
  const tabs: readonly Tab[] = [
    {
      name: "tour",
      title: "Tour",
      content: () => (
        <Tour
          stops={plainTourOf(system.name)}
          go={stop => {
            if (stop.form) form.value = stop.form;
          }}
        />
      ),
    },
    { name: "share", title: "Share", content: () => <Share system={system} links={links} /> },
    {
      name: "data",
      title: "Take away",
      content: () => <Downloads pictures={pictures} links={links} system={system} />,
    },
    { name: "claims", title: "Claims", content: () => <Claims system={system} slot={slot} /> },
    {
      name: "runs",
      title: "Runs",
      content: () => (
        <>
          <Runs system={system} slot={slot} seed={opened?.seed ?? 0} kept={kept} />
          <SlotText slot={slot} what="run" />
        </>
      ),
    },
  ];
  return (
    <main id="main" class="screen">
      <header>
        <h1>{system.title}</h1>
        <p class="lead">{lookFor(system.name)}</p>
        <p>{system.summary}</p>
      </header>
      <section class="panel wide" aria-label="Closed forms">
        <h2>Closed forms</h2>
        <ClosedForms system={system} view={form} kept={kept} />
      </section>
      <Tabs label="More" tabs={tabs} first={isRun ? "runs" : undefined} />
    </main>
  );
};
