import { useEffect, useMemo } from "preact/hooks";
import type { LabLink } from "../src/lab/link.ts";
import { LIVE } from "../src/protocols/live.ts";
import { LIVE_MAP } from "../src/protocols/sweep.ts";
import { actions, arrive } from "./actions.ts";
import type { Desk } from "./desk.ts";
import { LARGEST_ENSEMBLE } from "./ensemble.ts";
import { Announcer } from "./parts/announcer.tsx";
import { Deck } from "./parts/deck.tsx";
import { EnsemblePanel } from "./parts/ensemble-panel.tsx";
import { More } from "./parts/more.tsx";
import { MapPanel, OrderPanel, PotentialPanel, StatePanel, TheoryPanel } from "./parts/panels.tsx";
import { lookFor } from "./words.ts";

/** The screen of a system that learns. Its parts follow what they show, each by itself: nothing is drawn again that has not changed. */
export const Screen = ({ desk, opened }: { readonly desk: Desk; readonly opened?: LabLink | undefined }) => {
  const { session } = desk;
  const act = useMemo(() => actions(desk), [desk]);
  useEffect(() => {
    if (opened) begin(desk, opened);
  }, [opened, desk]);
  return (
    <main id="main" class="screen">
      <header>
        <h1>{session.system.title}</h1>
        <p class="lead">{lookFor(session.system.name)}</p>
      </header>
      <Deck desk={desk} act={act} />
      <Announcer desk={desk} />
      <Carried desk={desk} />
      <div class="panels">
        <StatePanel desk={desk} />
        <OrderPanel desk={desk} />
        <TheoryPanel desk={desk} />
        <MapPanel desk={desk} />
        <PotentialPanel desk={desk} />
        <EnsemblePanel ensemble={desk.ensemble} />
      </div>
      <More
        desk={desk}
        first={opened && !inPanels.includes(opened.protocol) ? "runs" : undefined}
        go={stop => arrive(desk, act, stop)}
      />
    </main>
  );
};

/** Protocols that are seen in the panels; a run of any other stands under Other runs. */
const inPanels: readonly string[] = [LIVE, LIVE_MAP, "anneal"];

/** A link to another view begins with that view. */
const begin = ({ session, sweep, measure, map, other, ensemble }: Desk, opened: LabLink): void => {
  if (opened.protocol === LIVE) {
    if (opened.chains === 1) return;
    ensemble.members.value = Math.min(opened.chains, LARGEST_ENSEMBLE);
    ensemble.start();
    return;
  }
  if (opened.protocol === "anneal") {
    const { control } = opened.settings;
    if (typeof control === "string" && session.knobs.includes(control)) session.knob.value = control;
    void sweep.start(opened);
  } else if (opened.protocol === LIVE_MAP)
    void (opened.settings.yControl === "none" || !opened.settings.yControl ? measure : map).start(opened);
  else void other.start(opened);
};

const Carried = ({ desk }: { readonly desk: Desk }) =>
  desk.session.carried.value ? (
    <p class="note">
      The control was moved on the way: a link gives the run from its start at these values. Reset starts it here.
    </p>
  ) : null;
