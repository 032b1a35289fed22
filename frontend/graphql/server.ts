import { cookies, headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { digestOf } from './digest.ts';
import { GraphFault, type Operation, type Parts, readAnswer, readParts, requestBody, type Seen } from './operation.ts';

const gateway = process.env.GATEWAY_URL ?? 'http://127.0.0.1:4000';
const timeoutMs = 15_000;

/** Who is asking: the reader's own cookie, turned into the header that other clients use. */
const caller = cache(async () => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const access = jar.get('valeo_access')?.value;
  return {
    authorization: access ? `Bearer ${access}` : undefined,
    requestId: head.get('x-request-id'),
    language: head.get('accept-language'),
    path: head.get('x-path') ?? '/',
  };
});

/**
 * Asks the gateway while a page renders, as the reader. Without a session the reader is sent to sign in; what the reader may not see is
 * not there.
 */
export function ask<Data, Variables>(operation: Operation<Data, Variables>, variables: Variables): Promise<Data> {
  return send(operation, variables, readAnswer<Data>);
}

/** The same for a screen whose parts wait and fail by themselves. */
export function askParts<Data, Variables>(
  operation: Operation<Data, Variables>,
  variables: Variables,
): Promise<Parts<Data>> {
  return send(operation, variables, readParts<Data>);
}

/**
 * The same for the page of a record. What other domains know of it may be missing; when the record itself could not be read, that
 * is a fault and not a record that does not exist.
 */
export async function askRecord<Data extends object, Variables>(
  operation: Operation<Data, Variables>,
  variables: Variables,
): Promise<Pick<Parts<Data>, 'data' | 'lost'> & { readonly seen: Seen }> {
  const { data, faults, lost } = await askParts(operation, variables);
  for (const [field, fault] of Object.entries(faults)) {
    if (data[field as keyof Data] !== null) continue;
    if (fault.code === 'FORBIDDEN') notFound();
    throw fault;
  }
  const { id, name } = operation;
  return { data, lost, seen: { operation: { id, name }, variables, digest: digestOf(data) } };
}

async function send<Data, Variables, Answer>(
  operation: Operation<Data, Variables>,
  variables: Variables,
  read: (answer: object, requestId: string | null) => Answer,
): Promise<Answer> {
  const who = await caller();
  const response = await fetch(`${gateway}/graphql`, {
    method: 'POST',
    body: requestBody(operation, variables),
    cache: 'no-store',
    signal: AbortSignal.timeout(timeoutMs),
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      'x-valeo-client': 'web',
      ...(who.authorization && { authorization: who.authorization }),
      ...(who.requestId && { 'x-request-id': who.requestId }),
      ...(who.language && { 'accept-language': who.language }),
    },
  });
  try {
    return read(await response.json(), response.headers.get('x-request-id'));
  } catch (error) {
    if (error instanceof GraphFault && error.code === 'UNAUTHENTICATED') {
      redirect(`/sign-in?next=${encodeURIComponent(who.path)}`);
    }
    if (error instanceof GraphFault && error.code === 'FORBIDDEN') notFound();
    throw error;
  }
}
