import type { PersistedOperationsOptions } from '../options.ts';
import type { Logger } from '../report/log.ts';
import { watchClientManifests, watchManifest } from './manifest.ts';
import type { Operations } from './resolve.ts';

/** Keeps the persisted operations as the files say, and tells when they have changed. */
export function followManifests(
  { file, formerFile, folder }: PersistedOperationsOptions,
  operations: Operations,
  changed: () => void,
  log: Logger,
): () => void {
  const failed = (err: unknown, file: string): void => log.error({ err, file }, 'persisted operations cannot be read');
  const stops = [
    file !== undefined &&
      watchManifest(
        file,
        (manifest) => {
          operations.setManifest(manifest);
          changed();
        },
        (err) => failed(err, file),
      ),
    formerFile !== undefined &&
      watchManifest(
        formerFile,
        (manifest) => operations.setFormer(manifest),
        (err) => failed(err, formerFile),
      ),
    folder !== undefined &&
      watchClientManifests(
        folder,
        (manifests) => {
          operations.setClients(manifests);
          changed();
        },
        failed,
      ),
  ];
  return () => {
    for (const stop of stops) if (stop) stop();
  };
}
