import type { ApiCall } from '../api/api-call.ts'
import { answeredCard, type CardState, createdCard, shownCard, streamedCard, updatedCard } from './cards.ts'
import { robotReply, type TestCard, type TestReply, webhookReply } from './replies.ts'

/** Messages and cards of the bot, as a person would see them. */
export interface Chat {
  /** All replies, oldest first; a card is at the position of its creation, in its present state. */
  readonly replies: readonly TestReply[]
  /** Records a successful call, with the body as it was sent. */
  readonly hear: (call: ApiCall, body: unknown) => void
  /** Records the answer to a click; `id` is the person's id in the card. */
  readonly answered: (outTrackId: string, id: string, answer: unknown, isForAll: boolean) => void
  readonly find: (outTrackId: string) => CardState | undefined
  /** Starts recording. @returns a function that lists what was said and changed since then, each once. */
  readonly listen: () => () => readonly TestReply[]
  /** Resolves to the oldest card that was not returned before; waits for one, and rejects when all turns have ended. */
  readonly nextCard: () => Promise<TestCard>
  /** Records the start of a turn. @returns a function to call at its end. */
  readonly begin: () => () => void
}

interface Waiter {
  readonly resolve: (card: TestCard) => void
  readonly reject: (error: Error) => void
}

const ROBOT_PATH = /^\/v1\.0\/robot\/(oToMessages\/batchSend|groupMessages\/send|privateChatMessages\/send)$/

export function createChat(): Chat {
  const replies: TestReply[] = []
  const cards = new Map<string, { readonly at: number; readonly card: CardState }>()
  /** Indexes of changed replies, in order. */
  const changes: number[] = []
  const untaken: string[] = []
  let waiters: readonly Waiter[] = []
  let running = 0

  const put = (at: number, reply: TestReply): void => {
    replies[at] = reply
    changes.push(at)
  }
  const create = (card: CardState): void => {
    const at = cards.get(card.outTrackId)?.at ?? replies.length
    const shown = shownCard(card)
    cards.set(card.outTrackId, { at, card })
    put(at, shown)
    const [waiter, ...others] = waiters
    waiters = others
    if (waiter) waiter.resolve(shown)
    else untaken.push(card.outTrackId)
  }
  const change = (outTrackId: unknown, how: (card: CardState) => CardState): void => {
    const known = cards.get(String(outTrackId))
    const card = known && how(known.card)
    if (!card || card === known.card) return
    cards.set(card.outTrackId, { ...known, card })
    put(known.at, shownCard(card))
  }

  return {
    replies,
    hear({ method, path, base }, body) {
      const outTrackId = idIn(body)
      if (base === 'webhook') put(replies.length, webhookReply(body))
      else if (ROBOT_PATH.test(path)) put(replies.length, robotReply(body))
      else if (path === '/v1.0/card/instances/createAndDeliver') create(createdCard(body))
      else if (path === '/v1.0/card/streaming') change(outTrackId, card => streamedCard(card, body))
      else if (path !== '/v1.0/card/instances') return
      else if (method === 'POST') create(createdCard(body))
      else change(outTrackId, card => updatedCard(card, body))
    },
    answered: (outTrackId, id, answer, isForAll) =>
      change(outTrackId, card => answeredCard(card, id, answer, isForAll)),
    find: outTrackId => cards.get(outTrackId)?.card,
    listen() {
      const from = changes.length
      return () => [...new Set(changes.slice(from))].flatMap(at => replies[at] ?? [])
    },
    async nextCard() {
      const next = cards.get(untaken.shift() ?? '')
      if (next) return shownCard(next.card)
      if (running === 0) throw noCard(replies)
      return new Promise((resolve, reject) => {
        waiters = [...waiters, { resolve, reject }]
      })
    },
    begin() {
      running++
      return () => {
        if (--running > 0) return
        for (const { reject } of waiters) reject(noCard(replies))
        waiters = []
      }
    },
  }
}

function idIn(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'outTrackId' in body ? body.outTrackId : undefined
}

function noCard(replies: readonly TestReply[]): Error {
  const said = replies.slice(-5).map(({ msgtype, text }) => `${msgtype} ${JSON.stringify(text)}`)
  return new Error(
    `There is no other card, and none will come, because every act has ended. The bot said last: ${said.join(', ') || 'nothing'}. Begin an act that sends one, and ask for the card before it is awaited.`,
  )
}
