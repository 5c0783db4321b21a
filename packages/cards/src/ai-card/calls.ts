import { randomUUID } from 'node:crypto'
import type { ApiCall } from '@dingware/core'
import { updateBody } from '../card/card.ts'
import type { CardData } from '../variables/variables.ts'
import { HARD_MAX_LENGTH } from './options.ts'
import { type CardRecord, finalText } from './record.ts'
import { AI_CARD_STATUS } from './status.ts'

/** Who goes first where calls wait for the rate limit: a card that appears, one that ends, one that grows. */
export const PRIORITY = { create: 0, end: 1, update: 2 } as const

type Streamed = Pick<CardRecord, 'outTrackId' | 'key'>

/** The body of one frame (api-streamingupdate). */
export function frameBody({ outTrackId, key }: Streamed, content: string): object {
  const flags = { isFull: true, isFinalize: false, isError: false }
  return { outTrackId, guid: randomUUID(), key, content: shownAs(content), ...flags }
}

/** An empty text is refused, and so is one of more than 20,000 characters, which a notice below it may make of it. */
function shownAs(text: string): string {
  return text.slice(0, HARD_MAX_LENGTH) || ' '
}

/** The frame that ends the stream. Its guid stays the same however often it is sent. */
export function endFrame(record: CardRecord): ApiCall {
  const isError = record.status === 'failed'
  const body = { ...frameBody(record, finalText(record)), isFinalize: !isError, isError }
  return { method: 'PUT', path: '/v1.0/card/streaming', body, priority: PRIORITY.end }
}

/** The update after it: the state for templates that do not follow the stream, buttons, and the whole text again. */
export function endUpdate(record: CardRecord): ApiCall {
  const { outTrackId, key, statusKey, status, variables } = record
  const data = {
    ...variables,
    [key]: shownAs(finalText(record)),
    ...(statusKey && { [statusKey]: AI_CARD_STATUS[status] }),
  }
  return { ...updateCall(outTrackId, data), priority: PRIORITY.end }
}

export function updateCall(outTrackId: string, data: CardData): ApiCall {
  return {
    method: 'PUT',
    path: '/v1.0/card/instances',
    body: updateBody(outTrackId, data),
    priority: PRIORITY.update,
  }
}
