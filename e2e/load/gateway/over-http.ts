import { serverAudits } from 'graphql-http';
import { fetch } from 'undici';
import { Measured } from './process.ts';

type Tell = (name: string, value: number, unit: string, target?: string, reached?: boolean | null) => void;

/** The public audit of GraphQL over HTTP; what is not passed is named. */
export async function overHttpAudit(tell: Tell): Promise<void> {
  const gateway = await Measured.start<string>('hostile-gateway.ts', [], null);
  const audits = serverAudits({ url: gateway.ready, fetchFn: fetch });
  let passed = 0;
  for (const audit of audits) {
    const result = await audit.fn();
    if (result.status === 'ok') passed++;
    else console.log(`not passed: ${audit.name}: ${result.reason}`);
  }
  await gateway.stop();
  tell('GraphQL-over-HTTP audit, passed', passed, `of ${audits.length}`, `${audits.length}`, passed === audits.length);
}
