import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import '@valeo/deploy/testing/installation.setup.ts';

/** What the graph answered: the body, and what of the response a client can see. */
export interface Response {
  readonly status: number;
  readonly headers: Headers;
  readonly data: any;
  readonly errors: readonly { message: string; extensions: Record<string, any> }[];
  readonly extensions: Record<string, any>;
}

export const DEMO = {
  owner: 'demo@valeo.example',
  auditor: 'auditor@valeo.example',
  other: 'northwind@valeo.example',
  password: 'demo-valeo-2026',
} as const;

/** Origin of the graph, for what lies beside `/graphql`. */
export const origin = (): string => new URL(inject('installation').graphUrl).origin;

/** Sends an operation as an API client does: over HTTP, with a token. */
export class Graph {
  readonly #headers: Record<string, string>;

  constructor(headers: Record<string, string> = {}) {
    this.#headers = headers;
  }

  async send(query: string, variables: object = {}, headers: Record<string, string> = {}): Promise<Response> {
    const response = await fetch(inject('installation').graphUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.#headers, ...headers },
      body: JSON.stringify({ query, variables }),
    });
    const body = (await response.json()) as Partial<Response>;
    return {
      status: response.status,
      headers: response.headers,
      data: body.data ?? null,
      errors: body.errors ?? [],
      extensions: body.extensions ?? {},
    };
  }

  /** The data; fails the test when the answer has errors. */
  async ask(query: string, variables: object = {}): Promise<any> {
    const { data, errors } = await this.send(query, variables);
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return data;
  }

  /** A mutation with its one input: `mutate('createArticle', input, '{ article { id } error { code } }')`. */
  async mutate(name: string, input: object, selection: string): Promise<any> {
    const type = name.charAt(0).toUpperCase() + name.slice(1);
    return (await this.ask(`mutation ($input: ${type}Input!) { ${name}(input: $input) ${selection} }`, { input }))[
      name
    ];
  }
}

const tokens = new Map<string, Promise<string>>();

/** A signed-in client; each demo user signs in once a file. */
export async function signedIn(email: string = DEMO.owner): Promise<Graph> {
  let token = tokens.get(email);
  if (!token) {
    token = new Graph()
      .mutate('signIn', { email, password: DEMO.password }, '{ accessToken error { code message } }')
      .then((payload) => payload.accessToken as string);
    tokens.set(email, token);
  }
  return new Graph({ authorization: `Bearer ${await token}` });
}

/** The owner of a company made for one test file, where it may write without disturbing others. */
export async function ownCompany(more: object = {}): Promise<{ graph: Graph; token: string }> {
  const { accessToken } = await new Graph().mutate(
    'signUp',
    {
      companyName: `Prüfstand ${randomUUID()}`,
      email: `owner-${randomUUID()}@valeo.example`,
      password: 'a-long-enough-password-7',
      locale: 'en',
      ...more,
    },
    '{ accessToken error { code message } }',
  );
  return { graph: new Graph({ authorization: `Bearer ${accessToken}` }), token: accessToken };
}
