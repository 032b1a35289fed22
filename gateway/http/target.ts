import type { IncomingMessage } from 'node:http';

/** The address a request is for; null when it is none, as `//[`. */
export const targetOf = ({ url }: IncomingMessage): URL | null => URL.parse(url ?? '/', 'http://gateway');
