import type { Delivered } from '../deliver/deliver.ts'
import { isReview } from '../deliver/failure.ts'
import { PRIORITY } from '../deliver/priority.ts'
import { newTrackId } from '../deliver/track-id.ts'
import { frameBody, updateCall } from '../engine/calls.ts'
import { createDeadline } from '../engine/deadline.ts'
import { deliverCard } from '../engine/deliver-card.ts'
import { DEFAULT_EMPTY_TEXT } from '../engine/limits.ts'
import type { CardRecord } from '../engine/record.ts'
import type { AiState } from '../template/ai-settings.ts'
import { defined } from '../template/ai-template.ts'
import { toVariables } from '../template/variables.ts'
import { contentVariables, type TemplateState } from './content.ts'
import type { LiveCardDeps } from './live-card-deps.ts'
import type { AiCardContent } from './options.ts'

export function templateStateOf({ template, isStoppable }: LiveCardDeps, state: AiState): TemplateState {
  return { template, state, isStoppable }
}

/** The record of a card that is still to be created. */
export function newRecord({ target, template, notice, refusedText }: LiveCardDeps): CardRecord {
  const { id, states, variables: names } = template
  const { robotCode, address } = target
  return {
    outTrackId: newTrackId(),
    robotCode,
    // As a store would give it back.
    address: 'users' in address ? { users: [address.users].flat() } : address,
    templateId: id,
    key: names.content || 'content',
    statusKey: names.status || '',
    states: { finished: states.finished, failed: states.failed },
    blocksKey: names.blocks || '',
    copyKey: names.copy || '',
    title: '',
    text: '',
    status: 'failed',
    notice,
    emptyText: DEFAULT_EMPTY_TEXT,
    refusedText,
    variables: {},
    bare: {},
    told: false,
    deliveredAt: 0,
  }
}

/** Creates the card of a record, and delivers it. @throws what the platform refused with. */
export async function openCard(deps: LiveCardDeps, record: CardRecord, content: AiCardContent): Promise<Delivered> {
  const { engine, target, template, options, sender } = deps
  const variables = template.createdWith
    ? toVariables(template.createdWith)
    : {
        ...contentVariables(templateStateOf(deps, options.quota === 'low' ? 'inputting' : 'processing'), content),
        [record.key]: template.placeholder,
      }
  const { outTrackId, templateId } = record
  const card = {
    outTrackId,
    templateId,
    variables,
    target,
    options: { ...template.deliver, ...defined(options) },
    sender,
  }
  using deadline = createDeadline(deps.endTimeout, engine.outOfTime())
  const more = { priority: PRIORITY.create, timeout: engine.timeout, signal: deadline.signal }
  return await deliverCard(engine, card, more, { redeliver: true })
}

/**
 * Tells the template that text comes, where that takes a call.
 *
 * @returns whether the card shows something new by that.
 * @throws what the review of contents refused with, and nothing else: frames say the same to templates that follow the stream.
 */
export async function announceText(deps: LiveCardDeps, record: CardRecord, content: AiCardContent): Promise<boolean> {
  const { engine, template, options } = deps
  // It was created in that state.
  const isTold = options.quota === 'low' && !template.createdWith
  if (template.opening === 'none' || isTold) return false
  const variables = {
    ...contentVariables(templateStateOf(deps, 'inputting'), content),
    [record.key]: template.placeholder,
  }
  const opening =
    template.opening === 'update'
      ? updateCall(record.outTrackId, variables)
      : { method: 'PUT' as const, path: '/v1.0/card/streaming', body: frameBody(record, template.placeholder) }
  await engine.call({ ...opening, timeout: engine.timeout }).catch(error => {
    if (isReview(error)) throw error
    engine.log.debug('A card was not told that text comes.', { error: String(error) })
  })
  return template.opening === 'frame'
}
