import { type CardsFlavor, type CardsOptions, cards } from '@dingware/cards'
import { type Bot, type Context, createBot } from '@dingware/core'
import { type Card, createSimulator, type Message, type Simulator, type User, type Voice } from '@dingware/simulator'

export type Ctx = Context & CardsFlavor

/** Alice, her bot, and the place where they talk. */
export interface Scene extends AsyncDisposable {
  readonly sim: Simulator
  readonly bot: Bot<Ctx>
  readonly alice: User
  /** Alice's voice in that place. */
  readonly here: Voice
  /** What the bot has sent there, cards included, oldest first. */
  said(): readonly Message[]
  /** What Alice reads there: texts, and what the cards show her. */
  read(): readonly string[]
  card(): Card | undefined
}

export type Place = 'in a group' | 'in a private chat'

/** Starts a bot that handles what Alice says by `handle`. */
export async function setScene(
  place: Place,
  handle: (ctx: Ctx) => unknown,
  options: CardsOptions & { readonly prepare?: (bot: Bot<Ctx>) => unknown } = {},
): Promise<Scene> {
  const { prepare, ...cardsOptions } = options
  const sim = await createSimulator()
  const { clientId, clientSecret, url } = sim
  const bot = createBot({ clientId, clientSecret, endpoint: url, oapiEndpoint: url })
    .use(cards(cardsOptions))
    .on('chatbot', async ctx => void (await handle(ctx)))
  prepare?.(bot)
  await bot.start()
  const alice = sim.user('Alice')
  const here = place === 'in a group' ? alice.in(sim.group('Team')) : alice
  const said = (): Message[] => sim.messages.filter(({ from }) => from.kind === 'bot')
  const card = (): Card | undefined => [...sim.cards.values()].at(-1)
  return {
    sim,
    bot,
    alice,
    here,
    said,
    card,
    read: () =>
      said().map(({ content }) => {
        if (content.kind === 'card') return sim.cards.get(content.outTrackId)?.viewFor(alice).msgContent ?? ''
        return content.kind === 'other' ? content.msgtype : content.text
      }),
    async [Symbol.asyncDispose]() {
      await bot.stop()
      await sim.close()
    },
  }
}
