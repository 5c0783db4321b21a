/** What a large bot costs the type checker: a budget, so that an editor stays quick. Exit code 1 beyond it. */

import { fileURLToPath } from 'node:url'
import ts from 'typescript'

/** Instantiations of types, which do not depend on the machine; a quarter of it is used. */
const BUDGET = 5_000
/** Seconds for the check; far from what any machine needs. */
const PATIENCE = 3

const PLUGINS = 5
const HANDLERS = 40

const root = fileURLToPath(new URL('..', import.meta.url))
const file = `${root}scripts/large-bot.ts`

const program = createProgram(file, largeBot())
const source = program.getSourceFile(file)
// Bound first: reading files is not what is measured.
program.getTypeChecker()
const start = performance.now()
const problems = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
const seconds = (performance.now() - start) / 1000
const instantiations = program.getInstantiationCount()

for (const { messageText } of problems) console.error(ts.flattenDiagnosticMessageText(messageText, '\n'))
console.log(
  `A bot with ${PLUGINS} plugins and ${HANDLERS} handlers: ${instantiations} instantiations of types (budget ${BUDGET}), checked in ${seconds.toFixed(2)} s (at most ${PATIENCE}).`,
)
if (problems.length > 0 || instantiations > BUDGET || seconds > PATIENCE) process.exitCode = 1

/** A bot of the size of a real one: its plugins build on each other, its handlers use what they add. */
function largeBot(): string {
  const plugins = Array.from({ length: PLUGINS }, (_, index) => {
    const needs = index === 0 ? 'Context' : `Context & Flavor${index - 1}`
    return `
interface Flavor${index} { readonly value${index}: number; helper${index}(text: string): Promise<string> }
const plugin${index} = definePlugin<Flavor${index}, ${needs}>({
  name: 'plugin${index}',
  install: host => host.decorate({ value${index}: ${index}, async helper${index}(text) { return this.text + text } }),
  middleware: async (ctx, next) => { await ctx.helper${index}('in'); await next() },
})`
  })
  const handlers = Array.from({ length: HANDLERS }, (_, index) => {
    const helper = index % PLUGINS
    const use = `ctx.replyText(await ctx.helper${helper}(`
    const kinds = [
      `.on('chatbot:text', async ctx => ${use}ctx.message.text.content)))`,
      `.on(['chatbot:picture', 'chatbot:file'], async ctx => ${use}ctx.message.content.downloadCode ?? '')))`,
      `.command('command${index}', async ctx => ${use}ctx.args)))`,
      `.hears(/pattern${index}/, async ctx => ${use}ctx.match[0])))`,
      `.action('action${index}', async ctx => ctx.respond(await ctx.helper${helper}(ctx.callback.outTrackId)))`,
      `.on('event:user_add_org', async ctx => { await ctx.helper${helper}(ctx.event.id ?? '') })`,
      `.on('chatbot:quoted', async ctx => ${use}ctx.quoted.text ?? '')))`,
      `.on('graph', async ctx => ctx.respond(await ctx.helper${helper}(ctx.request.body)))`,
    ]
    return `  ${kinds[index % kinds.length]}`
  })
  const uses = Array.from({ length: PLUGINS }, (_, index) => `.use(plugin${index})`).join('')
  return `import { type Context, createBot, definePlugin } from '@dingware/core'
${plugins.join('\n')}
export const bot = createBot()${uses}
${handlers.join('\n')}
`
}

function createProgram(name: string, text: string): ts.Program {
  const config = ts.getParsedCommandLineOfConfigFile(
    `${root}tsconfig.dev.json`,
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} },
  )
  const options = { ...config?.options, incremental: false }
  delete options.tsBuildInfoFile
  const host = ts.createCompilerHost(options)
  const { fileExists, getSourceFile, readFile } = host
  host.fileExists = path => path === name || fileExists(path)
  host.readFile = path => (path === name ? text : readFile(path))
  host.getSourceFile = (path, target, ...rest) =>
    path === name ? ts.createSourceFile(path, text, target) : getSourceFile(path, target, ...rest)
  return ts.createProgram([name], options, host)
}
