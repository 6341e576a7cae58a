import { useSignal } from "@preact/signals";
import type { Desk } from "../desk.ts";
import { type Stop, tourOf } from "../words.ts";
import { Claims } from "./claims.tsx";
import { ClosedForms, openingForm } from "./closed-forms.tsx";
import { Downloads } from "./downloads.tsx";
import { Runs } from "./runs.tsx";
import { Share } from "./share.tsx";
import { SlotText } from "./slot-text.tsx";
import { type Tab, Tabs } from "./tabs.tsx";
import { Tour } from "./tour.tsx";

interface MoreOptions {
  readonly desk: Desk;
  /** The tab that is open at first; the tour when absent. */
  readonly first: string | undefined;
  go(stop: Stop): void;
}

/** What stands below the panels: the tour, sharing, data, and all else that the system has. */
export const More = ({ desk, first, go }: MoreOptions) => {
  const { session, other, sweep, measure, map } = desk;
  const { system } = session;
  const form = useSignal(openingForm(system));
  const ensemble = () => (desk.ensemble.link.value ? [{ what: "many seeds", link: desk.ensemble.link.value }] : []);
  const links = () => [
    { what: "this run", link: session.link() },
    ...others({ sweep, measure, map, other }),
    ...ensemble(),
  ];
  const tabs: readonly Tab[] = [
    { name: "tour", title: "Tour", content: () => <Tour stops={tourOf(system.name)} go={go} /> },
    {
      name: "share",
      title: "Share",
      content: () => <Share system={system} links={links()} />,
    },
    {
      name: "data",
      title: "Take away",
      content: () => <Downloads pictures={desk.pictures} links={links()} system={system} />,
    },
    {
      name: "forms",
      title: "Closed forms",
      content: () => <ClosedForms system={system} view={form} kept={desk.inTabs} />,
    },
    { name: "claims", title: "Claims", content: () => <Claims system={system} slot={other} /> },
    {
      name: "runs",
      title: "Other runs",
      content: () => (
        <>
          <Runs system={system} slot={other} seed={session.seed.value} kept={desk.inTabs} />
          <SlotText slot={other} what="run" />
        </>
      ),
    },
  ];
  return <Tabs label="More" tabs={tabs} first={first} />;
};

const others = (slots: Pick<Desk, "sweep" | "measure" | "map" | "other">) =>
  Object.entries({
    "the slow sweep": slots.sweep,
    "the measurement": slots.measure,
    "the map": slots.map,
    "the other run": slots.other,
  }).flatMap(([what, { slot }]) => (slot.value.link ? [{ what, link: slot.value.link }] : []));
