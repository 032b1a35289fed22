/** The two media types of GraphQL over HTTP. */
export type AnswerType = 'application/graphql-response+json' | 'application/json';

/**
 * The media type to answer in, by the client's `Accept`; null when the client accepts neither.
 * Without a wish the older type is used: clients that know the newer one say so.
 */
export function answerType(accept: string | undefined): AnswerType | null {
  if (!accept) return 'application/json';
  let best: { type: AnswerType; quality: number } | null = null;
  for (const part of accept.split(',')) {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
    const quality = Number(parameters.map((p) => /^\s*q=([\d.]+)/.exec(p)?.[1]).find(Boolean) ?? 1);
    const charset = parameters.map((p) => /^\s*charset="?([^"]+)/.exec(p)?.[1]).find(Boolean);
    if (charset && charset !== 'utf-8' && charset !== 'utf8') continue;
    const type = match(range.trim());
    if (type && quality > 0 && (!best || quality > best.quality)) best = { type, quality };
  }
  return best?.type ?? null;
}

function match(range: string): AnswerType | null {
  switch (range) {
    case 'application/graphql-response+json':
      return 'application/graphql-response+json';
    case 'application/json':
    case 'application/*':
    case '*/*':
      return 'application/json';
    default:
      return null;
  }
}
