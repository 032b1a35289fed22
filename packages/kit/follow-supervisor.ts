/** What the supervisor tells its processes. */
export type FromSupervisor = { kind: 'go' } | { kind: 'stop' } | { kind: 'state'; state: InstallationState };
/** What they tell it. */
export type ToSupervisor = { kind: 'ready' };

/** What a process cannot know by itself. */
export interface InstallationState {
  demoData: 'off' | 'loading' | 'complete' | 'failed';
}

export interface Following {
  /**
   * Resolves when it is this process's turn to work. A process that stands by for one that may crash has everything prepared up
   * to here and waits.
   */
  readonly turn: Promise<void>;
  /** Tells the supervisor that this process does its work from now on. */
  ready(): void;
  /** The latest state of the installation. */
  readonly state: InstallationState;
}

/**
 * Ties this process to its supervisor. It ends in order when told to, and at once when the supervisor is gone, however that
 * came: the channel between the two is closed by the system. Without a supervisor only signals end it.
 */
export function followSupervisor(stop: () => Promise<void>): Following {
  const followed = process.connected === true;
  const turn = Promise.withResolvers<void>();
  let stopping: Promise<void> | undefined;
  let state: InstallationState = { demoData: followed ? 'loading' : 'off' };
  const end = (): void => {
    stopping ??= stop().then(
      () => process.exit(0),
      (error) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  // With everything this process has started: nobody else would end that.
  process.on('disconnect', () => process.kill(-process.pid, 'SIGKILL'));
  process.on('message', (message: FromSupervisor) => {
    if (message.kind === 'go') turn.resolve();
    else if (message.kind === 'stop') end();
    else if (message.kind === 'state') state = message.state;
  });
  if (!followed) turn.resolve();
  return {
    turn: turn.promise,
    ready: () => process.send?.({ kind: 'ready' } satisfies ToSupervisor),
    get state() {
      return state;
    },
  };
}
