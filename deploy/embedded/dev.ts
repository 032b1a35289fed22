import { programs, startInstallation } from './start.ts';

/** `pnpm dev`: the installation with pages compiled when asked for, and servers that start again when their code changes. */
await startInstallation({ ...programs, webBuild: null, development: true });
