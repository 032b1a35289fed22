/** Stages of an opportunity on its way to an order, with the usual chance of getting there in percent. */
export const STAGES = { NEW: 10, QUALIFIED: 25, PROPOSAL: 50, NEGOTIATION: 75, WON: 100, LOST: 0 } as const;

export type Stage = keyof typeof STAGES;

export const stageNames = Object.keys(STAGES) as [Stage, ...Stage[]];

export const isClosed = (stage: Stage): boolean => stage === 'WON' || stage === 'LOST';

/** Open stages follow each other in any order; what is closed can only be opened again. */
export const mayFollow = (from: Stage, to: Stage): boolean => from === to || !(isClosed(from) && isClosed(to));
