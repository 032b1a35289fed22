/** Random graphs, and random operations for each, that are compared with plain execution. */
export const worlds = process.env.TEST_LONG ? 400 : 12;
export const operationsPerWorld = process.env.TEST_LONG ? 60 : 25;
