// A slow device: a whole browser, its workers too, on a part of one processor. DevTools' throttling reaches a page's thread alone.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';

/** The least that the kernel gives a group in a period; the shorter they are, the more evenly it is slowed. */
const QUOTA_US = 1_000;
const V1 = '/sys/fs/cgroup/cpu';
const V2 = '/sys/fs/cgroup';

/**
 * Limits all processes under this one, and those that they start, by a control group of the kernel's.
 *
 * @param {number} share 0.25: a quarter of one processor, for all of them together
 * @returns {(() => void) | undefined} its undo; nothing where this user may not, or on another system
 */
export function limitCpu(share) {
  const [home, write] = existsSync(`${V1}/cpu.cfs_quota_us`) ? [V1, writeV1] : [V2, writeV2];
  const group = `${home}/tillside-bench-${process.pid}`;
  try {
    mkdirSync(group);
    write(group, Math.round(QUOTA_US / share));
    for (const pid of processesUnder(process.pid)) move(pid, group);
  } catch {
    // No such file system, or not ours to write: the caller says that nothing was measured.
    if (existsSync(group)) release(group, home);
    return undefined;
  }
  return () => release(group, home);
}

function writeV1(group, periodUs) {
  writeFileSync(`${group}/cpu.cfs_period_us`, String(periodUs));
  writeFileSync(`${group}/cpu.cfs_quota_us`, String(QUOTA_US));
}

function writeV2(group, periodUs) {
  writeFileSync(`${group}/cpu.max`, `${QUOTA_US} ${periodUs}`);
}

function release(group, home) {
  for (const pid of readFileSync(`${group}/cgroup.procs`, 'utf8').split('\n').filter(Boolean)) move(pid, home);
  rmdirSync(group);
}

function move(pid, group) {
  try {
    writeFileSync(`${group}/cgroup.procs`, String(pid));
  } catch (error) {
    // It has ended since it was listed.
    if (error.code !== 'ESRCH') throw error;
  }
}

/** All that descend from a process, itself left out. */
function processesUnder(root) {
  const children = new Map();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const parent = parentOf(pid);
    children.set(parent, [...(children.get(parent) ?? []), Number(pid)]);
  }
  const under = (pid) => (children.get(pid) ?? []).flatMap((child) => [child, ...under(child)]);
  return under(root);
}

function parentOf(pid) {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ')[1]);
  } catch {
    return undefined; // ended
  }
}
