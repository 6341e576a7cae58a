/** "1 chain", "2 chains", "1 study", "2 studies" */
export const countText = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
