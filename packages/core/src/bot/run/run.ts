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
 * second signal ends the process at once. Resolves when the bot has stopped, also when somebody else stopped it. At a
 * terminal it says when the bot is online, and that it stops.
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
    tell('正在停止，再按一次立即退出 · Stopping. Once more ends it at once.')
    end()
  }
  for (const signal of SIGNALS) process.on(signal, onSignal)
  bot.onStop?.(end)
  try {
    const starting = bot.start().then(() => tell('机器人已上线，按 Ctrl-C 退出 · The bot is online. Ctrl-C stops it.'))
    // A signal may come while the bot still tries to connect.
    await Promise.race([starting, asked])
    starting.catch(() => {})
    await asked
    await bot.stop({ timeout })
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal)
  }
}

/** For whoever sits before it. Where nobody does, what is logged is to be worth reading later. */
function tell(words: string): void {
  if (process.stderr.isTTY) process.stderr.write(`${words}\n`)
}
