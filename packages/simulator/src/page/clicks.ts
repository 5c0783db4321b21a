import * as v from 'valibot'
import { callbackParamsOf } from '../apis/card/callback-params.ts'
import type { Click, Clicked, click } from '../apis/card/click.ts'
import type { Switches } from '../options/switches.ts'
import { messageOf } from '../utils/message-of.ts'
import type { App } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { type Answer, bilingual, refuse } from './answer.ts'
import type { ClickAnswer, ClickRequest } from './requests.ts'

/** Characters of `params` as JSON. */
const LONGEST_PARAMS = 100_000

const params = v.pipe(
  v.record(v.string(), v.unknown()),
  v.check(it => JSON.stringify(it).length <= LONGEST_PARAMS, bilingual('params are too long', 'params 太长')),
)

/** Body of `POST /_sim/clicks`. */
export const clickSchema: v.GenericSchema<unknown, ClickRequest> = v.object({
  userId: v.string(),
  outTrackId: v.string(),
  press: v.variant('kind', [
    v.object({ kind: v.literal('layout'), id: v.string(), text: v.string() }),
    v.object({ kind: v.literal('group'), actionId: v.string(), index: v.number(), params }),
    v.object({ kind: v.literal('own'), actionId: v.string(), params }),
  ]),
  isNoise: v.optional(v.boolean()),
})

export interface PageClickDeps {
  readonly world: World
  readonly cards: Parameters<typeof click>[0]['cards']
  readonly switches: Switches
  readonly click: (app: App, click: Click) => Promise<Clicked>
}

/** Somebody presses a button of a card, or submits its form. */
export async function pageClick(deps: PageClickDeps, request: ClickRequest): Promise<Answer> {
  const { world, cards, switches, click } = deps
  const { userId, outTrackId, press, isNoise } = request
  const person = world.people.get(userId)
  const card = cards.all.get(outTrackId)
  const app = world.apps.get(card?.clientId ?? '')
  if (!person) return refuse(404, `There is no user ${userId}`, `没有用户 ${userId}`)
  if (!card || !app) return refuse(404, `There is no card ${outTrackId}`, `没有卡片 ${outTrackId}`)
  if (isNoise && !switches.formNoise) return { status: 200, body: { outcome: 'silent' } }
  try {
    const clicked = await click(app, { person, outTrackId, ...callbackParamsOf(press, outTrackId, switches) })
    return { status: 200, body: card.callbackType === 'STREAM' ? outcomeOf(clicked) : { outcome: 'silent' } }
  } catch (error) {
    const reason = messageOf(error)
    return refuse(403, reason, `点击失败：${reason}`)
  }
}

function outcomeOf({ ack, response }: Clicked): ClickAnswer {
  if (ack.status === 'timeout') return { outcome: 'late' }
  if (ack.status !== 'acked') return { outcome: ack.status }
  const { code, latency } = ack
  return { outcome: response ? 'answered' : 'failed', code, latency }
}
