/** What can be started and stopped: a bot. */
export interface Runnable {
  start(options?: { readonly signal?: AbortSignal | undefined }): Promise<void>
  stop(options?: { readonly timeout?: number | undefined }): Promise<void>
  /** Runs when it has stopped, whoever stopped it. */
  onStop?(hook: () => unknown): unknown
}

export interface RunOptions {
  /** How long running handlers are waited for, in milliseconds. Default 10,000. */
  readonly timeout?: number | undefined
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/**
 * Starts a bot and keeps the process until SIGINT or SIGTERM (Ctrl-C, a process manager, Kubernetes), then stops it. A
 * second signal ends the process at once. Resolves when the bot has stopped, also when somebody else stopped it.
 *
 * @throws what `bot.start()` throws.
 * @example
 * await run(bot)
 */
export async function run(bot: Runnable, { timeout }: RunOptions = {}): Promise<void> {
  let end = (): void => {}
  const asked = new Promise<void>(resolve => {
    end = resolve
  })
  let signals = 0
  const onSignal = (signal: NodeJS.Signals): void => {
    // 128 + number of the signal, as shells count it.
    if (++signals > 1) process.exit(signal === 'SIGINT' ? 130 : 143)
    end()
  }
  for (const signal of SIGNALS) process.on(signal, onSignal)
  bot.onStop?.(end)
  try {
    const starting = bot.start()
    // A signal may come while the bot still tries to connect.
    await Promise.race([starting, asked])
    starting.catch(() => {})
    await asked
    await bot.stop({ timeout })
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal)
  }
}
