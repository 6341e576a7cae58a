/**
 * Measures a page from inside: this function runs in the browser, so that all it needs is in it. Returns what is wider than the page,
 * cut or overlapping, each in a sentence, the place of the first figure and the height of the page in pixels. What is folded is opened
 * to be measured too.
 */
export const measure = () => {
  const first = [...document.querySelectorAll("figure .plot svg")].find(svg => svg.checkVisibility());
  const firstFigure = first ? Math.round(first.getBoundingClientRect().top + scrollY) : Number.POSITIVE_INFINITY;
  const height = document.documentElement.scrollHeight;
  for (const details of document.querySelectorAll("details")) details.open = true;

  const found = new Set();
  const page = document.documentElement.clientWidth;
  const short = text => JSON.stringify(text.trim().replace(/\s+/g, " ").slice(0, 60));
  const nameOf = element => {
    const within = element.closest("[id]");
    return `<${element.tagName.toLowerCase()}>${within ? ` in #${within.id}` : ""}`;
  };
  const isShown = element => element.checkVisibility() && !element.closest(".skip, .katex-mathml");
  // What scrolls in a frame of its own may be wider than the page; the frame may not.
  const scrolls = element => {
    for (let frame = element.parentElement; frame; frame = frame.parentElement)
      if (["auto", "scroll"].includes(getComputedStyle(frame).overflowX)) return true;
    return false;
  };
  const shown = [...document.body.querySelectorAll("*")].filter(isShown);

  const wide = document.documentElement.scrollWidth;
  if (wide > page) found.add(`the page is ${wide} px wide, ${page} are there`);
  for (const element of shown) {
    if (element.closest("svg, .katex") !== null && element.tagName !== "svg") continue;
    const { right, width } = element.getBoundingClientRect();
    if (width > 0 && right > page + 1 && !scrolls(element))
      found.add(`${nameOf(element)} ends at ${Math.round(right)} px of ${page}: ${short(element.textContent)}`);
    const { overflowX, textOverflow } = getComputedStyle(element);
    if ((overflowX === "hidden" || textOverflow === "ellipsis") && element.scrollWidth > element.clientWidth + 1)
      if (element.clientWidth > 1 && element.tagName !== "svg")
        found.add(`${nameOf(element)} cuts its text: ${short(element.textContent)}`);
  }

  /** The boxes of a list that share more than a sliver, each pair once; `boxes` are sorted by their tops. */
  const overlapping = (boxes, tell) => {
    const sorted = [...boxes].sort((a, b) => a.top - b.top);
    for (let i = 0; i < sorted.length; i++)
      for (let j = i + 1; j < sorted.length && sorted[j].top < sorted[i].bottom - 1; j++) {
        const [a, b] = [sorted[i], sorted[j]];
        if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1.5) tell(a, b);
      }
  };

  for (const svg of document.querySelectorAll("figure .plot svg")) {
    const frame = svg.getBoundingClientRect();
    if (frame.width === 0) continue;
    const drawnFor = svg.viewBox.baseVal.width;
    if (frame.width < 0.9 * drawnFor)
      found.add(`${nameOf(svg)} is drawn for ${drawnFor} px and shown in ${Math.round(frame.width)}`);
    const boxes = [...svg.querySelectorAll("text")].flatMap(text => {
      const { left, right, top, bottom } = text.getBoundingClientRect();
      if (text.textContent.trim() === "" || right - left === 0) return [];
      if (left < frame.left - 1 || right > frame.right + 1 || top < frame.top - 2 || bottom > frame.bottom + 2)
        found.add(`${nameOf(svg)} cuts ${short(text.textContent)}`);
      // A line of text is a third taller than what is seen of it.
      const turned = bottom - top > right - left && text.textContent.trim().length > 2;
      const [x, y] = turned ? [0.15 * (right - left), 0] : [0, 0.15 * (bottom - top)];
      return [{ left: left + x, right: right - x, top: top + y, bottom: bottom - y, text: text.textContent }];
    });
    overlapping(boxes, (a, b) => found.add(`${nameOf(svg)}: ${short(a.text)} lies over ${short(b.text)}`));
  }

  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (node.textContent.trim() === "" || parent.closest("svg, .katex, style") || !isShown(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const { left, right, top, bottom } of range.getClientRects())
      lines.push({ left, right, top: top + 3, bottom: bottom - 3, text: node.textContent, parent });
  }
  overlapping(lines, (a, b) => {
    if (!scrolls(a.parent) && !scrolls(b.parent)) found.add(`${short(a.text)} lies over ${short(b.text)}`);
  });

  return { found: [...found], firstFigure, height };
};
