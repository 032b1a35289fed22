/** The day as the graph writes it. */
export const today = (): string => new Date().toISOString().slice(0, 10);
