import os from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { createCheckMeans } from '../cost/afford.ts';
import { readWeights } from '../cost/weights.ts';
import { answerIntrospection } from '../operations/introspection.ts';
import { chooseOperation, InvalidDocument, parseDocument, readDocument } from '../operations/read-document.ts';
import { RequestError, reportOf } from '../report/errors.ts';
import type { PlanReply, PlanRequest, PlanWorkerData } from './off-thread.ts';
import { createPlanner } from './planner.ts';
import { loadForPlanning } from './supergraph.ts';

/** A thread that looks at operations nobody has sent before: whatever they cost, it is not the thread that answers. */
const { sdl, limits, listSize } = workerData as PlanWorkerData;
const graph = loadForPlanning(sdl);
const planner = createPlanner(graph);
const checkMeans = createCheckMeans(graph.schema, readWeights(graph.supergraph), {
  listSize,
  pageSize: limits.pageSize,
});

function answer({ id, text, operationName, task }: PlanRequest): PlanReply {
  try {
    const document = task.kind === 'plan' ? readDocument(text, graph.schema, limits) : parseDocument(text, limits);
    chooseOperation(document, operationName);
    if (task.kind === 'introspect')
      return { id, done: answerIntrospection(graph.schema, document, operationName, task.variables) };
    if (task.kind === 'plan' && task.means) {
      try {
        checkMeans(document, operationName, JSON.parse(task.means));
      } catch (error) {
        if (error instanceof RequestError) return { ...refusal(id, error), forMeans: true };
        throw error;
      }
    }
    // Plans are data, but some of the planner's objects are instances of classes, which do not travel.
    return { id, done: JSON.parse(JSON.stringify(planner.plan(document, operationName))) };
  } catch (error) {
    if (error instanceof InvalidDocument) return { id, invalid: [...error.errors] };
    if (error instanceof RequestError) return refusal(id, error);
    return { id, invalid: [reportOf(error)] };
  }
}

const refusal = (id: number, { code, message, status, details }: RequestError) => ({
  id,
  refused: { code, message, status, details },
});

// Known operations come first: on Linux this concerns the calling thread alone.
if (process.platform === 'linux') os.setPriority(os.constants.priority.PRIORITY_LOW);

parentPort?.on('message', (request: PlanRequest) => parentPort?.postMessage(answer(request)));
parentPort?.postMessage('ready');
