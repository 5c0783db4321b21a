/** `pnpm demo`: a DingTalk on this machine with an echo bot in it. `--port N` moves it, `--once` has one exchange. */
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { createSimulator, type Simulator, textOf } from '@dingware/simulator'
import { onAnotherBot } from './another-bot.ts'
import { startEcho } from './echo.ts'
import { ensurePage } from './page.ts'

const DEFAULT_PORT = 7788
const ONCE_TIMEOUT = 10_000

const options = parseOptions()
process.exitCode = options.once ? await demoOnce(options.port ?? 0) : await demo(options.port ?? DEFAULT_PORT)

async function demo(port: number): Promise<number> {
  await ensurePage()
  const simulator = await startSimulator(port)
  if (!simulator) return 1
  const echo = await startEcho(simulator)
  const exports = Object.entries(simulator.environment).map(([name, value]) => `    export ${name}=${value}`)
  console.log(`
  打开聊天页面 · open the chat page:

    ${simulator.url}

  把别的机器人接到这里（回声机器人会让位）· point another bot at it (the echo bot will step aside):

${exports.join('\n')}

  Ctrl-C 退出 · Ctrl-C stops it.
`)
  const unwatch = onAnotherBot(simulator, echo, () => {
    console.log('  另一个机器人已连接，回声机器人退出 · Another bot is connected; the echo bot steps aside.')
    void echo.stop()
  })
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  unwatch()
  await echo.stop()
  await simulator.close()
  return 0
}

async function demoOnce(port: number): Promise<number> {
  const simulator = await startSimulator(port)
  if (!simulator) return 1
  const bot = await startEcho(simulator)
  try {
    const question = '你好，dingware'
    const said = await simulator.user('Alice').say(question)
    console.log(`Alice: ${question}`)
    const reply = await said.reply({ timeout: ONCE_TIMEOUT })
    console.log(`Bot:   ${textOf(reply)}`)
    return 0
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return 1
  } finally {
    await bot.stop()
    await simulator.close()
  }
}

async function startSimulator(port: number): Promise<Simulator | undefined> {
  try {
    return await createSimulator({ port })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    console.error(
      `端口 ${port} 已被占用 · Port ${port} is in use. Choose another with --port, for example: --port ${port + 1}`,
    )
    return undefined
  }
}

function parseOptions(): { readonly port: number | undefined; readonly once: boolean } {
  const { values } = parsed()
  const port = values.port === undefined ? undefined : Number(values.port)
  if (port === undefined || (Number.isInteger(port) && port >= 0 && port < 65_536)) return { port, once: values.once }
  console.error(`--port ${values.port} is no port: give a number from 0 to 65535 (0 takes any that is free).`)
  process.exit(2)
}

function parsed() {
  try {
    return parseArgs({ options: { port: { type: 'string' }, once: { type: 'boolean', default: false } } })
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\nThere are --port N and --once.`)
    process.exit(2)
  }
}
