import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { GraphFault, type Operation, readAnswer, requestBody } from './operation.ts';

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

/** Asks the gateway while a page renders, as the reader. Without a session the reader is sent to sign in. */
export async function ask<Data, Variables>(operation: Operation<Data, Variables>, variables: Variables): Promise<Data> {
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
    return readAnswer<Data>(await response.json(), response.headers.get('x-request-id'));
  } catch (error) {
    if (error instanceof GraphFault && error.code === 'UNAUTHENTICATED') {
      redirect(`/sign-in?next=${encodeURIComponent(who.path)}`);
    }
    throw error;
  }
}
