import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";

export interface Tab {
  readonly name: string;
  readonly title: string;
  content(): ComponentChildren;
}

/** Panels of which one is open; the row of titles takes one stop of the tab key, arrows choose. */
export const Tabs = ({
  label,
  tabs,
  first,
}: {
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly first?: string | undefined;
}) => {
  const open = useSignal(first ?? tabs[0].name);
  const row = useRef<HTMLDivElement>(null);
  const at = Math.max(
    0,
    tabs.findIndex(({ name }) => name === open.value),
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = (to + tabs.length) % tabs.length;
    open.value = tabs[next].name;
    row.current?.querySelectorAll<HTMLElement>("[role=tab]")[next]?.focus();
  };
  return (
    <section class="more" aria-label={label}>
      <div ref={row} role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {tabs.map(({ name, title }, i) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`tab-${name}`}
            aria-selected={i === at}
            aria-controls="tab-panel"
            tabIndex={i === at ? 0 : -1}
            onClick={() => (open.value = name)}
          >
            {title}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="tab-panel" aria-labelledby={`tab-${tabs[at].name}`} key={tabs[at].name}>
        {tabs[at].content()}
      </div>
    </section>
  );
};
