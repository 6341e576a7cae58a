/**
 * A Chromium without a locale calls its language "en-US@posix", which number formats refuse; uPlot asks for one as it is loaded, and would throw. Then the
 * page says English.
 */
try {
  new Intl.NumberFormat(navigator.language);
} catch {
  Object.defineProperty(navigator, "language", { value: "en", configurable: true });
}

export {};
