import { compareGateways } from './compare.ts';
import { measureHostile } from './hostile.ts';
import { overHttpAudit } from './over-http.ts';
import { countRightAnswers } from './right-answers.ts';
import { soak } from './soak.ts';

type Tell = (name: string, value: number, unit: string, target?: string, reached?: boolean | null) => void;

/** Everything that is measured of the gateway alone, over subgraphs that cost next to nothing. In full it takes an hour more. */
export async function measureGateway(tell: Tell, isFull: boolean): Promise<void> {
  await compareGateways(tell);
  await overHttpAudit(tell);
  countRightAnswers(tell);
  await measureHostile(tell, isFull ? 100_000 : 6_000);
  await soak(tell, isFull ? 60 : 3);
}
