import { claim } from '#offline/session.ts';
import { sameOrigin } from './client.ts';
import { digestOf } from './digest.ts';
import { type GraphError, requestBody, type Seen } from './operation.ts';

/**
 * Whether the graph says something else by now than a page shows. Nothing of it is kept for times without a connection: the page is.
 * An answer that lacks a part says nothing, nor does none at all.
 */
export async function isOutdated({ operation, variables, digest }: Seen): Promise<boolean> {
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { ...sameOrigin, ...claim(), accept: 'application/graphql-response+json, application/json' },
      body: requestBody(operation, variables),
    });
    const { data, errors = [] } = (await response.json()) as { data?: object | null; errors?: readonly GraphError[] };
    const isWhole = errors.every(({ extensions }) => extensions?.code === 'FORBIDDEN');
    return Boolean(data) && isWhole && digestOf(data as object) !== digest;
  } catch {
    return false;
  }
}
