import { type ChildProcess, spawn } from 'node:child_process'

/** A loop in a process of its own. It ends by itself when its parent is gone, however that ended. */
const BUSY = `
const parent = process.ppid
function spin() {
  const end = Date.now() + 100
  while (Date.now() < end);
  if (process.ppid === parent) setImmediate(spin)
}
spin()
`

/** Keeps as many processes busy until it is disposed of. */
export function startLoad(processes: number): Disposable {
  const children: ChildProcess[] = Array.from({ length: processes }, () =>
    spawn(process.execPath, ['--eval', BUSY], { stdio: 'ignore' }),
  )
  return {
    [Symbol.dispose]() {
      for (const child of children) child.kill('SIGKILL')
    },
  }
}
