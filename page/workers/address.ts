export type Role = "live" | "task" | "study" | "ensemble" | "coefficient" | "thumbnail" | "files" | "model";

/** Address of the worker in a role: the build writes the name of its file into the page. */
export const workerAddress = (role: Role): string => {
  const file = document.getElementById("lab")?.dataset.worker;
  return `${new URL(file ?? "", document.baseURI).href}#${role}`;
};

export const startWorker = (role: Role): Worker => new Worker(workerAddress(role), { type: "module" });
