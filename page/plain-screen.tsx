import { useEffect } from "preact/hooks";
import type { System } from "../src/contracts/system.ts";
import type { LabLink } from "../src/lab/link.ts";
import { Claims } from "./parts/claims.tsx";
import { ClosedForms } from "./parts/closed-forms.tsx";
import { Runs } from "./parts/runs.tsx";
import { Share } from "./parts/share.tsx";
import { SlotText } from "./parts/slot-text.tsx";
import { type Tab, Tabs } from "./parts/tabs.tsx";
import type { StudySlot } from "./studies.ts";
import { lookFor } from "./words.ts";

/** The screen of a system without a learner: bounds and instruments. Its closed forms are what one turns. */
export const PlainScreen = ({
  system,
  slot,
  opened,
}: {
  readonly system: System;
  readonly slot: StudySlot;
  readonly opened?: LabLink | undefined;
}) => {
  useEffect(() => {
    if (opened && Object.keys(opened.settings).length > 0) void slot.start(opened);
  }, [opened, slot]);
  const { link } = slot.slot.value;
  const tabs: readonly Tab[] = [
    {
      name: "runs",
      title: "Runs",
      content: () => (
        <>
          <Runs system={system} slot={slot} seed={opened?.seed ?? 0} />
          <SlotText slot={slot} what="run" />
        </>
      ),
    },
    { name: "claims", title: "Claims", content: () => <Claims system={system} slot={slot} /> },
    {
      name: "share",
      title: "Share",
      content: () => (
        <Share
          system={system}
          links={[
            {
              what: "this page",
              link: link ?? {
                system: system.name,
                protocol: Object.keys(system.protocols)[0],
                seed: 0,
                chains: 1,
                settings: {},
              },
            },
          ]}
        />
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
        <ClosedForms system={system} />
      </section>
      <Tabs label="More" tabs={tabs} />
    </main>
  );
};
