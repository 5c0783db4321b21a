import { readFileSync, readlinkSync } from 'node:fs'

/**
 * Names the set of processes whose ids mean the same: this boot of this machine, and this container. Where it cannot be
 * told, two processes never know that they share one.
 */
export const place: string | undefined = readPlace()

function readPlace(): string | undefined {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return undefined
  }
}

/** Whether a process of this place is there. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process may not be signalled, but is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
