import { render } from "preact";
import { isLandauError } from "../src/errors.ts";
import type { LabLink } from "../src/lab/link.ts";
import { readLink, specOfLink } from "../src/lab/link.ts";
import { listedSystems, loadSystem } from "../src/systems/index.ts";
import { App, type View } from "./app.tsx";
import { createDesk } from "./desk.ts";
import { doEarly } from "./early.ts";
import { routeOf } from "./route.ts";
import { attach, createSession, type LivePort, type Session } from "./session.ts";
import { createSlot } from "./studies.ts";
import { startWorker } from "./workers/address.ts";
import type { LiveReply } from "./workers/live-messages.ts";

const place = document.getElementById("lab")!;
const own = place.dataset.system ?? "";

/** Ends what the view before had running. */
let leave = () => {};
let shown = 0;

const show = async (): Promise<void> => {
  const turn = ++shown;
  let message = "";
  try {
    const view = await viewOf();
    if (turn !== shown) return view.leave();
    leave();
    leave = view.leave;
    mount(view.view, view.message);
    return;
  } catch (error) {
    if (!isLandauError(error)) throw error;
    message = error.message;
  }
  // A later link was faster.
  if (turn !== shown) return;
  leave();
  leave = () => {};
  const { view, leave: next } = await viewAt({ page: "front" });
  leave = next;
  mount(view, message);
};

const mount = (view: View, message = ""): void => {
  render(null, place);
  place.replaceChildren();
  render(<App view={view} message={message} />, place);
  document.documentElement.dataset.ready = "yes";
  void doEarly(place);
};

interface Loaded {
  readonly view: View;
  /** What was wrong with a link that could be opened in part. */
  readonly message?: string;
  leave(): void;
}

const viewOf = (): Promise<Loaded> => viewAt(routeOf(location.hash, own));

const viewAt = async (route: ReturnType<typeof routeOf>): Promise<Loaded> => {
  const nothing = () => {};
  if (route.page === "front") return { view: { page: "front", thumbnails: drawnThumbnails() }, leave: nothing };
  if (route.page === "data") {
    const { OwnData } = await import("./own/data.tsx");
    return { view: { page: "other", content: <OwnData /> }, leave: nothing };
  }
  if (route.page === "model") {
    const { OwnModel } = await import("./own/model.tsx");
    return { view: { page: "other", content: <OwnModel /> }, leave: nothing };
  }
  const system = await loadSystem(route.system);
  document.title = `${system.title}: Landau`;
  let opened: LabLink | undefined;
  let message = "";
  if (route.link?.includes("?") || route.link?.split("/").length === 3)
    try {
      opened = readLink(route.link, system);
      // Only a page that is given a link pays for checking it.
      const { completeSpec } = await import("../src/lab/complete-spec.ts");
      completeSpec(specOfLink(opened), { [system.name]: system });
    } catch (error) {
      if (!isLandauError(error)) throw error;
      message = error.message;
      opened = undefined;
    }
  if (!system.learner) {
    const { PlainScreen } = await import("./plain-screen.tsx");
    const slot = createSlot();
    const content = <PlainScreen system={system} slot={slot} opened={opened} />;
    return { view: { page: "other", content }, message, leave: () => slot.cancel() };
  }
  const session = createSession(system, opened);
  const desk = createDesk(session);
  const worker = startWorker("live");
  attach(session, portOf(worker));
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) session.play();
  await firstFrame(session);
  const leave = () => {
    worker.terminate();
    desk.coefficient.stop();
    desk.ensemble.stop();
    for (const slot of [desk.sweep, desk.measure, desk.map, desk.other]) slot.cancel();
  };
  return { view: { page: "learner", desk, opened }, message, leave };
};

/** The picture of the build stays until there is one to take its place. */
const firstFrame = (session: Session): Promise<void> =>
  new Promise(done => {
    const stop = session.tick.subscribe(() => {
      if (session.frames.length === 0) return;
      done();
      queueMicrotask(() => stop());
    });
    setTimeout(done, 1500);
  });

const portOf = (worker: Worker): LivePort => ({
  post: request => worker.postMessage(request),
  onReply: handler => {
    worker.onmessage = ({ data }: MessageEvent<LiveReply>) => handler(data);
  },
});

/** The pictures that the build has put into the page; none where another page was opened. */
const drawnThumbnails = (): { readonly [system: string]: string } => {
  const known = Object.keys(listedSystems);
  const drawn = [...place.querySelectorAll(".thumbnail")];
  return Object.fromEntries(drawn.flatMap((element, i) => (i < known.length ? [[known[i], element.innerHTML]] : [])));
};

window.addEventListener("hashchange", () => {
  // The skip link moves within the page.
  if (location.hash !== "#main") void show();
});
void show();
