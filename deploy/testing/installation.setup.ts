import type { TestProject } from 'vitest/node';
import { Installation, makePlace } from './installation.ts';

/** Addresses of the installation that journeys look at from outside. */
export interface InstallationUnderTest {
  webUrl: string;
  /** The graph as API clients use it. */
  graphUrl: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    installation: InstallationUnderTest;
  }
}

/**
 * Set-up of the journeys: a whole installation with its demo companies, on ports and in a folder of its own. To try a journey on
 * one that runs already, name it: `VALEO_WEB_URL=http://localhost:3000 VALEO_GRAPH_URL=http://localhost:4000/graphql pnpm e2e`.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { VALEO_WEB_URL, VALEO_GRAPH_URL } = process.env;
  if (VALEO_WEB_URL && VALEO_GRAPH_URL) {
    project.provide('installation', { webUrl: VALEO_WEB_URL, graphUrl: VALEO_GRAPH_URL });
    return async () => {};
  }
  const place = await makePlace();
  const installation = new Installation(place.env, 'embedded/start.ts');
  const end = async (): Promise<void> => {
    installation.child.kill('SIGTERM');
    await installation.exit;
    await place.remove();
  };
  try {
    const [, webUrl = '', graphUrl = ''] = await installation.printed(/^VALEO NeuroERP ready: (\S+) (\S+)$/m);
    project.provide('installation', { webUrl, graphUrl });
    return end;
  } catch (error) {
    await end();
    throw error;
  }
}
