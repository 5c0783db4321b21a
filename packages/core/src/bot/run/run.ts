/** Object that can be started and stopped, such as a bot. */
export interface Runnable {
  /** Starts it; resolves when it is connected. */
  start(options?: { readonly signal?: AbortSignal | undefined }): Promise<void>
  /** Stops it; resolves when it has stopped. */
  stop(options?: { readonly timeout?: number | undefined }): Promise<void>
  /** Registers a hook that runs when it has stopped, for whatever reason. */
  onStop?(hook: () => unknown): unknown
}

/** Options of {@link run}. */
export interface RunOptions {
  /** Time limit for running handlers after the first signal, in milliseconds. Default 10,000. */
  readonly timeout?: number | undefined
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/**
 * Runs a bot as a program: starts it, and stops it on SIGINT or SIGTERM (Ctrl-C, a process manager, Kubernetes). A
 * second signal ends the process at once. Resolves when the bot has stopped, for whatever reason. In a terminal it
 * reports when the bot is online and when it stops.
 *
 * @throws whatever `bot.start()` throws.
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
    // 128 + the signal's number, as shells do.
    if (++signals > 1) process.exit(signal === 'SIGINT' ? 130 : 143)
    tell('正在停止，再按一次立即退出 · Stopping. Once more ends it at once.')
    end()
  }
  for (const signal of SIGNALS) process.on(signal, onSignal)
  bot.onStop?.(end)
  try {
    const starting = bot.start().then(() => tell('机器人已上线，按 Ctrl-C 退出 · The bot is online. Ctrl-C stops it.'))
    // A signal may come while the bot is still connecting.
    await Promise.race([starting, asked])
    starting.catch(() => {})
    await asked
    await bot.stop({ timeout })
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal)
  }
}

/** Writes to a terminal only: elsewhere, logs should hold nothing but records. */
function tell(words: string): void {
  if (process.stderr.isTTY) process.stderr.write(`${words}\n`)
}
