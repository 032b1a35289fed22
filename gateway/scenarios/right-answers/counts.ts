/** How many random graphs, and random operations for each, are compared with plain execution. */
export const counts = (isLong: boolean): { worlds: number; operationsPerWorld: number } =>
  isLong ? { worlds: 400, operationsPerWorld: 60 } : { worlds: 12, operationsPerWorld: 25 };
