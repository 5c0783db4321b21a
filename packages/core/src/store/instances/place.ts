import { readFileSync, readlinkSync } from 'node:fs'

/**
 * Process namespace: names the boot of this machine and the container, within which a pid is unique. `undefined` where
 * it cannot be read (not Linux); then a pid is never looked up.
 */
export const place: string | undefined = readPlace()

function readPlace(): string | undefined {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return undefined
  }
}

/** True if a process with this pid runs in this process namespace. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process may not be signalled, but is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
