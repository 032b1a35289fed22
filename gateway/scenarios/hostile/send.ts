import http from 'node:http';
import type { HostileRequest } from './requests.ts';

export interface HostileAnswer {
  /** 0 when the connection was closed without an answer, as slow senders deserve. */
  readonly status: number;
  readonly text: string;
}

/** Milliseconds a slow sender holds its connection before it goes away with half of its body unsent. */
const holdMs = 300;

/** Sends a hostile request as it wants to be sent: slowly where it is slow, and never to the end. */
export function sendHostile(
  url: string,
  { body, headers, isSlow }: HostileRequest,
  agent: http.Agent,
): Promise<HostileAnswer> {
  const bytes = Buffer.from(body);
  return new Promise((resolve) => {
    const request = http.request(url, {
      agent,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-length': isSlow ? bytes.length + 1_000 : bytes.length,
        ...headers,
      },
    });
    request.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      response.on('close', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    request.on('error', () => resolve({ status: 0, text: '' }));
    if (!isSlow) {
      request.end(bytes);
      return;
    }
    request.write(bytes.subarray(0, 1 + Math.floor(bytes.length / 2)));
    setTimeout(() => request.destroy(), holdMs);
  });
}

/** What must never come back: a fault of ours, or anything that tells how we are made. */
export const isFault = ({ status, text }: HostileAnswer): boolean =>
  status >= 500 || /"INTERNAL"|node_modules|at \w+ \(|\.ts:\d/.test(text);
