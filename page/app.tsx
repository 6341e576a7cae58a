import type { ComponentChildren } from "preact";
import type { LabLink } from "../src/lab/link.ts";
import type { Desk } from "./desk.ts";
import { Front, type Thumbnails } from "./front.tsx";
import { Screen } from "./screen.tsx";

/** What is shown, with all that was loaded for it. */
export type View =
  | { readonly page: "front"; readonly thumbnails: Thumbnails }
  | { readonly page: "learner"; readonly desk: Desk; readonly opened?: LabLink | undefined }
  /** What pages of learners need not load. */
  | { readonly page: "other"; readonly content: ComponentChildren };

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
    {view.page === "other" && view.content}
    <footer>
      <p class="quiet">Everything is computed in this tab; nothing is sent anywhere.</p>
    </footer>
  </>
);
