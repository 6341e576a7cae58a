const WIDTH = 16;

/** "████░░░░░░░░░░░░  25 %" */
export const barText = (share: number): string => {
  const whole = Math.max(0, Math.min(1, share));
  const full = Math.floor(whole * WIDTH);
  return `${"█".repeat(full)}${"░".repeat(WIDTH - full)} ${`${Math.floor(100 * whole)}`.padStart(3)} %`;
};

/** "12 s", "3 min", "1.5 h" */
export const timeText = (seconds: number): string => {
  if (seconds < 90) return `${Math.max(1, Math.ceil(seconds))} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
};
