import { v7 } from 'uuid';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A new id: UUIDv7, so that ids sort by time of creation and index pages fill from the end. */
export const newId = (): string => v7();

export const isId = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);
