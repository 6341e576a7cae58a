import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { System } from "../../src/contracts/system.ts";
import { isLandauError } from "../../src/errors.ts";
import { type LabLink, linkOf, specOfLink } from "../../src/lab/link.ts";
import { trimmed } from "../studies.ts";

/** A run of the page by the words for it. */
export interface NamedLink {
  readonly what: string;
  readonly link: LabLink;
}

/** Links to what the page shows, each with the call that makes the same bits in a terminal, and the hash to compare. */
export const Share = ({ system, links }: { readonly system: System; readonly links: readonly NamedLink[] }) => (
  <div class="share">
    {links.map(each => (
      <Shared key={each.what} system={system} {...each} />
    ))}
    <p class="quiet">
      A link carries the system, the view, every setting that differs from its default, and the seed; it gives the same
      bits on any machine. Nothing is uploaded.
    </p>
  </div>
);

const Shared = ({ system, what, link: given }: NamedLink & { readonly system: System }) => {
  const link = trimmed(given, system);
  const said = useSignal("");
  const hash = useSignal("");
  const made = makeLink(link, system);
  // The hash belongs to the link it was computed for.
  useEffect(() => {
    hash.value = "";
  }, [made.text]);
  if (made.error) return <p class="error">{made.error}</p>;
  const address = `${location.href.split("#")[0].replace(/[^/]*$/, "")}${made.text}`;
  const call = `landau run '${made.text}'`;
  const compute = async () => {
    hash.value = "computing";
    try {
      const { runSpec } = await import("../workers/run-spec.ts");
      const { contentHash } = await runSpec(specOfLink(link), { signal: new AbortController().signal });
      hash.value = contentHash;
    } catch (error) {
      hash.value = error instanceof Error ? error.message : String(error);
    }
  };
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      said.value = "Copied.";
    } catch {
      said.value = "The browser does not let the page copy: select the text.";
    }
  };
  return (
    <div class="shared">
      <h3>Link to {what}</h3>
      <p>
        <a href={made.text} data-link={link.protocol}>
          {address}
        </a>
      </p>
      <p>
        <code>{call}</code>
      </p>
      <p class="row">
        <button type="button" onClick={() => void copy(address)}>
          Copy link
        </button>
        <button type="button" onClick={() => void copy(call)}>
          Copy command
        </button>
        <button type="button" onClick={() => void compute()}>
          Content hash
        </button>
        <span role="status">
          {said.value} {hash.value && <code data-content-hash={link.protocol}>{hash.value}</code>}
        </span>
      </p>
    </div>
  );
};

const makeLink = (link: LabLink, system: System): { readonly text: string; readonly error?: string } => {
  try {
    return { text: linkOf(link, system.protocols[link.protocol].settings) };
  } catch (error) {
    if (isLandauError(error)) return { text: "", error: error.message };
    throw error;
  }
};
