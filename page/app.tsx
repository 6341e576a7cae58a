import type { ComponentChildren } from "preact";
import type { System } from "../src/contracts/system.ts";
import type { LabLink } from "../src/lab/link.ts";
import type { Desk } from "./desk.ts";
import { Front, type Thumbnails } from "./front.tsx";
import { PlainScreen } from "./plain-screen.tsx";
import { Screen } from "./screen.tsx";
import type { StudySlot } from "./studies.ts";

/** What is shown, with all that was loaded for it. */
export type View =
  | { readonly page: "front"; readonly thumbnails: Thumbnails }
  | { readonly page: "learner"; readonly desk: Desk; readonly opened?: LabLink | undefined }
  | { readonly page: "plain"; readonly system: System; readonly slot: StudySlot; readonly opened?: LabLink | undefined }
  | { readonly page: "own"; readonly content: ComponentChildren };

/** The whole page. `message` says what was wrong with a link. */
export const App = ({ view, message = "" }: { readonly view: View; readonly message?: string }) => (
  <>
    <a class="skip" href="#main">
      Skip to the content
    </a>
    <nav aria-label="Lab">
      <a href="index.html" class="home">
        {view.page === "front" ? "Landau" : "Landau: all systems"}
      </a>
    </nav>
    {message && (
      <p class="error" role="alert">
        {message}
      </p>
    )}
    {view.page === "front" && <Front thumbnails={view.thumbnails} />}
    {view.page === "learner" && <Screen desk={view.desk} opened={view.opened} />}
    {view.page === "plain" && <PlainScreen system={view.system} slot={view.slot} opened={view.opened} />}
    {view.page === "own" && view.content}
    <footer>
      <p class="quiet">Everything is computed in this tab; nothing is sent anywhere.</p>
    </footer>
  </>
);
