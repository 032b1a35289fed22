import { statfsSync } from 'node:fs';
import { totalmem } from 'node:os';

/** What a database is for: `durable` survives a power cut, `throwaway` is for tests and is gone with its run. */
export type PostgresPurpose = 'durable' | 'throwaway';

const MIB = 1024 * 1024;
const SHARED_MEMORY_MIN = 512 * MIB;

/** Memory that this process may use in bytes: that of the machine, or of its container when that is less. */
export function memoryLimit(): number {
  const constrained = process.constrainedMemory();
  return constrained > 0 ? Math.min(totalmem(), constrained) : totalmem();
}

/**
 * The whole of `postgresql.conf`. The database shares the machine with the gateway, the worker and the web server, hence an
 * eighth of the memory and not the usual quarter. `ALTER SYSTEM` still wins over every line of it.
 * @param socketFolder where it also listens on a Unix socket; null when nowhere.
 */
export function postgresSettings(
  purpose: PostgresPurpose,
  memoryBytes: number,
  socketFolder: string | null,
): Record<string, string> {
  const memoryMiB = Math.floor(memoryBytes / MIB);
  return {
    listen_addresses: "'127.0.0.1'",
    unix_socket_directories: `'${socketFolder ?? ''}'`,
    password_encryption: "'scram-sha-256'",
    max_connections: '100',
    shared_buffers: `${clamp(memoryMiB / 8, 64, 4096)}MB`,
    effective_cache_size: `${clamp(memoryMiB / 2, 256, 65_536)}MB`,
    work_mem: `${clamp(memoryMiB / 256, 4, 64)}MB`,
    maintenance_work_mem: `${clamp(memoryMiB / 16, 64, 1024)}MB`,
    dynamic_shared_memory_type: sharedMemoryKind(),
    random_page_cost: '1.1',
    jit: 'off',
    timezone: "'UTC'",
    log_timezone: "'UTC'",
    datestyle: "'iso, ymd'",
    default_text_search_config: "'pg_catalog.simple'",
    logging_collector: 'on',
    log_filename: "'postgresql-%a.log'",
    log_truncate_on_rotation: 'on',
    log_rotation_age: '1d',
    log_rotation_size: '0',
    log_line_prefix: "'%m [%p] %q%u@%d '",
    track_io_timing: 'on',
    shared_preload_libraries: "'pg_stat_statements'",
    ...(purpose === 'durable' ? durable(memoryMiB) : throwaway),
  };
}

// Waits of minutes for a checkpoint while a year is imported are worse than the disk that the log of that import takes.
const durable = (memoryMiB: number): Record<string, string> => ({
  fsync: 'on',
  // After a crash all files are made durable first: one call for the file system, not one for each of thousands of files.
  ...(process.platform === 'linux' && { recovery_init_sync_method: 'syncfs' }),
  synchronous_commit: 'on',
  wal_compression: 'on',
  wal_level: 'replica',
  max_wal_size: memoryMiB >= 4096 ? '4GB' : '1GB',
  min_wal_size: '256MB',
  checkpoint_timeout: '15min',
  checkpoint_completion_target: '0.9',
  // An import fills empty tables within a minute; until they are analysed, plans are made for empty ones.
  autovacuum_naptime: '10s',
});

const throwaway: Record<string, string> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '1GB',
  max_connections: '300',
  shared_buffers: '256MB',
  autovacuum_naptime: '1h',
};

/** Renders settings in the form of `postgresql.conf`. */
export function renderSettings(settings: Record<string, string>): string {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  return `# Written at every start. To change a setting, use ALTER SYSTEM SET.\n${lines.join('\n')}\n`;
}

function clamp(value: number, min: number, max: number): number {
  return Math.round(Math.min(Math.max(value, min), max));
}

// Containers often come with a /dev/shm of 64 MB, on which the first parallel query fails.
function sharedMemoryKind(): string {
  if (process.platform === 'win32') return 'windows';
  try {
    const { bsize, blocks } = statfsSync('/dev/shm');
    return bsize * blocks >= SHARED_MEMORY_MIN ? 'posix' : 'mmap';
  } catch {
    return process.platform === 'linux' ? 'mmap' : 'posix';
  }
}
