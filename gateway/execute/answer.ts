import { type ReportedError, RequestError } from '../report/errors.ts';
import { AnswerTooLarge, type CallLimits, CallTimeout } from './exchange.ts';
import { isObject, type Obj, type Reads, type SubgraphAnswer } from './run.ts';

/** A subgraph, as far as what comes from it is judged. */
interface Origin {
  readonly name: string;
  readonly limits: CallLimits;
}

/** Why nothing came from a subgraph. */
export function failure(error: unknown, { name, limits }: Origin): RequestError {
  if (error instanceof AnswerTooLarge) {
    return new RequestError('INVALID_SUBGRAPH_ANSWER', `${name} answered more than ${limits.answerBytes} bytes.`, 502, {
      subgraph: name,
    });
  }
  if (error instanceof CallTimeout) {
    return new RequestError('TIMEOUT', `${name} did not answer in time.`, 504, { subgraph: name });
  }
  return new RequestError('SUBGRAPH_UNAVAILABLE', `The part of the graph served by ${name} cannot be reached.`, 503, {
    subgraph: name,
  });
}

/**
 * The answer to one call.
 * @throws RequestError when it is none.
 */
export function readAnswer(text: string, status: number, name: string): SubgraphAnswer {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    answer = null;
  }
  if (!isObject(answer) || !('data' in answer || 'errors' in answer)) {
    throw new RequestError(
      'SUBGRAPH_UNAVAILABLE',
      `${name} answered with status ${status} and no GraphQL result.`,
      502,
      { subgraph: name },
    );
  }
  return checkResult(answer, name);
}

/**
 * Takes what a subgraph says for a GraphQL result, if each part of it has its form.
 * @throws RequestError INVALID_SUBGRAPH_ANSWER
 */
export function checkResult(answer: unknown, name: string): SubgraphAnswer {
  const { data = null, errors: given, extensions }: Obj = isObject(answer) ? answer : {};
  const errors = readErrors(given);
  // Without data there has to be a reason.
  if (!errors || !(isObject(data) || (data === null && errors.length > 0))) {
    throw new RequestError('INVALID_SUBGRAPH_ANSWER', `${name} answered with no valid GraphQL result.`, 502, {
      subgraph: name,
    });
  }
  const reads = extensions === undefined ? undefined : readsOf(extensions);
  return { data, ...(errors.length > 0 && { errors }), reads };
}

/** Errors of which each part has its form; null when they are no list. */
export function readErrors(given: unknown): ReportedError[] | null {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) return null;
  return given.map((error: unknown) => {
    const { message, path, extensions } = isObject(error) ? error : {};
    return {
      message: typeof message === 'string' ? message : 'The subgraph does not say what failed.',
      path: Array.isArray(path) ? path : undefined,
      extensions: isObject(extensions) ? extensions : undefined,
    };
  });
}

/** What the subgraph says of where its answer comes from; null for anything else under that name. */
function readsOf(extensions: unknown): Reads | null | undefined {
  if (!isObject(extensions) || !('reads' in extensions)) return undefined;
  const { reads } = extensions;
  if (!isObject(reads) || !Array.isArray(reads.from) || typeof reads.personal !== 'boolean') return null;
  return { from: reads.from.map(String), personal: reads.personal };
}
