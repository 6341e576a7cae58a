/** Whether the long statistical checks run too: `npm run test:full` sets LANDAU_FULL. */
export const full = process.env.LANDAU_FULL === "1";
