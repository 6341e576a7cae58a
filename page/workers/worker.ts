/** The one worker of the page: what it does stands behind the # of its address, and is loaded with the chunks that the page has already. */
const roles: { readonly [role: string]: () => Promise<unknown> } = {
  live: () => import("./live.ts"),
  task: () => import("./task.ts"),
  study: () => import("./study.ts"),
  ensemble: () => import("./ensemble.ts"),
  coefficient: () => import("./coefficient.ts"),
  thumbnail: () => import("./thumbnail.ts"),
  files: () => import("./files.ts"),
  model: () => import("./model.ts"),
};

const role = self.location.hash.slice(1);
const waiting: MessageEvent[] = [];
const wait = (event: MessageEvent): void => void waiting.push(event);
self.onmessage = wait;

const begin = async (): Promise<void> => {
  if (!Object.hasOwn(roles, role)) throw new Error(`no worker is called ${role}`);
  await roles[role]();
  if (self.onmessage === wait) self.onmessage = null;
  for (const event of waiting) self.onmessage?.call(self, event);
};
void begin();

export {};
