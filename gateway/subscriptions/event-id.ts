/** Ids of events come from subgraphs and go back to them; anything else is not sent on. */
export const isEventId = (text: string): boolean => /^[\w.:-]{1,100}$/.test(text);
