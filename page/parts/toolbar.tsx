import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";

/** Buttons in a row that take one stop of the tab key: arrows move among them. */
export const Toolbar = ({ label, children }: { readonly label: string; readonly children: ComponentChildren }) => {
  const row = useRef<HTMLDivElement>(null);
  const buttons = () => [...(row.current?.querySelectorAll<HTMLButtonElement>("button:not(:disabled)") ?? [])];
  const arrange = (focused?: EventTarget | null) => {
    const all = buttons();
    const at = Math.max(0, all.indexOf(focused as HTMLButtonElement));
    for (const [i, button] of all.entries()) button.tabIndex = i === at ? 0 : -1;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const all = buttons();
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    const to = {
      ArrowRight: at + 1,
      ArrowDown: at + 1,
      ArrowLeft: at - 1,
      ArrowUp: at - 1,
      Home: 0,
      End: all.length - 1,
    }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    all[(to + all.length) % all.length].focus();
  };
  return (
    // The buttons themselves are what is interacted with.
    <div
      ref={element => {
        row.current = element;
        if (element) arrange(element.contains(document.activeElement) ? document.activeElement : null);
      }}
      role="toolbar"
      aria-label={label}
      class="toolbar"
      onKeyDown={onKeyDown}
      onFocusIn={event => arrange(event.target)}
    >
      {children}
    </div>
  );
};
