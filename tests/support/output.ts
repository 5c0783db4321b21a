import nodeConsole from 'node:console'

type Write = typeof process.stdout.write

/**
 * Hands what is written past the console to Vitest's own, which knows the test it belongs to: so it is shown when that
 * test fails, and only then (`silent: 'passed-only'`).
 */
export function keepOutputWithItsTest(): void {
  // Told not to intercept the console, Vitest leaves Node's there, which writes to where this comes from.
  if (console === nodeConsole) return
  const { log, error } = console
  process.stdout.write = writeWith(log)
  process.stderr.write = writeWith(error)
  // Node's own listener, and the one from the file before, print without asking any of these.
  for (const listener of process.listeners('warning')) {
    if (listener.name === onWarning.name) process.off('warning', listener)
  }
  process.on('warning', onWarning)

  function onWarning(warning: Error): void {
    error(`Warning: ${warning.message}`)
  }
}

function writeWith(print: (text: string) => void): Write {
  return (
    chunk: string | Uint8Array,
    encodingOrCallback?: unknown,
    callback: unknown = encodingOrCallback,
  ): boolean => {
    print(Buffer.from(chunk).toString().replace(/\n$/, ''))
    if (typeof callback === 'function') callback()
    return true
  }
}
