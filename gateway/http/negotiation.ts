/** The media types of GraphQL over HTTP for one answer; clients that know the newer one say so. */
const answerTypes = ['application/json', 'application/graphql-response+json'] as const;
/** Those for one answer after the other. */
const streamTypes = ['text/event-stream', 'multipart/mixed'] as const;

export type AnswerType = (typeof answerTypes)[number];
export type StreamType = (typeof streamTypes)[number];

/** How answers may be written, by the client's `Accept`. */
export interface Accepted {
  /** Null when the client takes no JSON. */
  readonly answer: AnswerType | null;
  /** What a subscription is answered as; null when the client names no stream, which a wildcard does not. */
  readonly stream: StreamType | null;
  /** Whether the client wants even a single answer as a stream. */
  readonly prefersStream: boolean;
}

interface Range {
  readonly name: string;
  readonly quality: number;
}

/** The media types to answer in: the most wanted ones, and of equally wanted ones those named first. */
export function negotiate(accept: string | undefined): Accepted {
  if (!accept) return { answer: 'application/json', stream: null, prefersStream: false };
  const ranges = accept.split(',').flatMap(readRange);
  const answer = mostWanted(answerTypes, ranges, (type) => [type, 'application/*', '*/*']);
  const stream = mostWanted(streamTypes, ranges, (type) => [type]);
  return {
    answer: answer?.type ?? null,
    stream: stream?.type ?? null,
    prefersStream: stream !== null && stream.quality > (answer?.quality ?? 0),
  };
}

function readRange(text: string): Range[] {
  const [name = '', ...parameters] = text.toLowerCase().split(';');
  const value = (pattern: RegExp): string | undefined => {
    for (const parameter of parameters) {
      const found = pattern.exec(parameter)?.[1];
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const charset = value(/^\s*charset="?([^"]+)/);
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8') return [];
  const range = { name: name.trim(), quality: Number(value(/^\s*q=([\d.]+)/) ?? 1) };
  // The bare type is another protocol: parts of one answer.
  if (range.name === 'multipart/mixed' && value(/^\s*subscriptionspec=(.)/) === undefined) return [];
  return [range];
}

/** A type has the quality of the most exact range that names it. */
function mostWanted<T extends string>(
  types: readonly T[],
  ranges: readonly Range[],
  namesOf: (type: T) => readonly string[],
): { type: T; quality: number } | null {
  let best: { type: T; quality: number; position: number } | null = null;
  for (const type of types) {
    const positions = namesOf(type).map((name) => ranges.findIndex((range) => range.name === name));
    const position = positions.find((at) => at >= 0) ?? -1;
    const quality = ranges[position]?.quality ?? 0;
    const isWanted = best ? quality > best.quality || (quality === best.quality && position < best.position) : true;
    if (quality > 0 && isWanted) best = { type, quality, position };
  }
  return best;
}
