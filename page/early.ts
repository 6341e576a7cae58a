interface Early {
  readonly type: "click" | "input" | "change";
  readonly id: string;
  readonly text: string;
  readonly value: string;
}

/**
 * Does what was pressed and turned before the page was alive, in its order: the script in index.html kept it. A button that has another name by now, such as
 * Play on a page that plays already, has nothing left to do.
 */
export const doEarly = async (place: HTMLElement): Promise<void> => {
  const waiting = ((window as { landauEarly?: Early[] }).landauEarly ?? []).splice(0);
  for (const { type, id, text, value } of waiting) {
    if (type === "click") {
      const pressed = [...place.querySelectorAll<HTMLElement>("button, summary")].find(
        each => each.textContent === text,
      );
      pressed?.click();
      // The next one may be for what this one brings.
      await new Promise(requestAnimationFrame);
      continue;
    }
    const turned = document.getElementById(id) as HTMLInputElement | HTMLSelectElement | null;
    if (!turned) continue;
    turned.value = value;
    turned.dispatchEvent(new Event(type, { bubbles: true }));
  }
};
