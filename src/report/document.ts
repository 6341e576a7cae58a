let made: Promise<Document> | undefined;

/** A document without a browser, for drawing in Node. Loading its library takes a second, so it is done on first use. */
export const makeDocument = (): Promise<Document> => {
  made ??= import("jsdom").then(({ JSDOM }) => new JSDOM("<!doctype html>").window.document);
  return made;
};
