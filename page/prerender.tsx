import { renderToString } from "preact-render-to-string";
import { svgText } from "../src/charts/svg.ts";
import { LIVE, type LiveValues, liveLook, liveNext, liveStart } from "../src/protocols/live.ts";
import { listedSystems } from "../src/systems/index.ts";
import { App, type View } from "./app.tsx";
import { createDesk } from "./desk.ts";
import { type Frame, rayAt } from "./frame.ts";
import { PlainScreen } from "./plain-screen.tsx";
import { plainThumbnail } from "./plain-thumbnail.ts";
import { createSession, type Session } from "./session.ts";
import { createSlot } from "./studies.ts";
import { quickSweep, type Sweep, thumbnail } from "./thumbnail.ts";
import { lookFor } from "./words.ts";

/** A page as it opens, for visitors without scripts and for the first moment of all others. */
export interface OpeningPage {
  /** File name without ending. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly markup: string;
}

const FRONT = {
  title: "Landau: a laboratory for phase transitions in learning",
  description: "Turn a knob, watch a network change its phase, and see the theory that predicts it.",
};

const OWN = [
  {
    name: "data",
    title: "Your own data: Landau",
    description: "Transitions in a training log, health of draws, jumps of a metric, and weights, all in this tab.",
  },
  { name: "model", title: "Your own model: Landau", description: "A model of ten lines, trained in this tab." },
];

/** All pages of the lab. */
export const openingPages = async (): Promise<readonly OpeningPage[]> => {
  const thumbnails: { [name: string]: string } = {};
  const pages: OpeningPage[] = [];
  for (const [name, { load }] of Object.entries(listedSystems)) {
    const system = await load();
    if (system.learner) {
      let all: Sweep = [];
      quickSweep(system, sweep => {
        all = sweep;
      });
      thumbnails[name] = svgText(thumbnail(system, all));
    } else thumbnails[name] = svgText(plainThumbnail(system));
    const view: View = system.learner
      ? { page: "learner", desk: createDesk(opened(createSession(system))) }
      : { page: "other", content: <PlainScreen system={system} slot={createSlot()} /> };
    pages.push({
      name,
      title: `${system.title}: Landau`,
      description: lookFor(name),
      markup: renderToString(<App view={view} />),
    });
  }
  const front = renderToString(<App view={{ page: "front", thumbnails }} />);
  const own = OWN.map(page => ({
    ...page,
    markup: renderToString(
      <App
        view={{
          page: "other",
          content: (
            <main id="main">
              <h1>{page.title}</h1>
              <p class="lead">{page.description} It needs scripts.</p>
            </main>
          ),
        }}
      />,
    ),
  }));
  return [{ name: "index", ...FRONT, markup: front }, ...own, ...pages];
};

/** Looks at a run that the opening shows: enough that one sees where it goes. */
const LOOKS = 40;

const opened = (session: Session): Session => {
  const { learner, values, system } = session;
  const settings = values.peek() as never as LiveValues<Record<string, never>>;
  const address = { seed: 0, chain: 0 };
  const frames = session.frames as Frame[];
  if (!system.protocols[LIVE]) return session;
  let state = liveStart(learner as never, settings, address);
  for (let i = 0; i <= LOOKS; i++) {
    const look = liveLook(learner, settings as never, address, state);
    const objective = learner.objective(settings as never, address);
    const w = state.w.slice();
    const ray = Float64Array.from(rayAt, times => objective.loss(w.map(each => times * each)));
    frames.push({
      step: state.step,
      loss: look.loss,
      order: look.order,
      label: look.label,
      seen: { ...look },
      w,
      parameters: objective.parameters,
      ray,
      at: values.peek(),
    });
    state = liveNext(learner as never, settings, address, state);
  }
  return session;
};
