export const startAndReport = async (..._: unknown[]) => {};
export const runSpecFile = async (..._: unknown[]) => {};
export const resumeAndReport = async (..._: unknown[]) => {};
