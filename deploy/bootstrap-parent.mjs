import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const POLL_MS = 500;

/**
 * Calls back when the npm that started us was killed without a chance to pass the signal on. Nothing happens for other
 * parents: a shell may well end before what it has started.
 */
export function whenNpmIsGone(callback) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = lookUp(process.ppid);
  // npm starts scripts through a shell, which some shells replace by the command itself.
  const child = parent && /^(sh|dash|bash|ash|busybox)$/.test(parent.name) ? process.ppid : process.pid;
  const npm = parentOf(child);
  const timer = setInterval(() => {
    if (parentOf(child) === npm) return;
    clearInterval(timer);
    callback();
  }, POLL_MS);
  timer.unref();
}

function parentOf(pid) {
  return pid === process.pid ? process.ppid : lookUp(pid)?.parent;
}

function lookUp(pid) {
  try {
    if (process.platform !== 'linux') {
      const [, parent, name] = /^\s*(\d+)\s+(.*)$/.exec(
        execFileSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], { encoding: 'utf8' }),
      );
      return { name: name.trim().replace(/^.*\//, ''), parent: Number(parent) };
    }
    const [, name, parent] = /^\d+ \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    return { name, parent: Number(parent) };
  } catch {
    return null;
  }
}
