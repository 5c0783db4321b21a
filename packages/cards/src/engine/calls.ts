import { randomUUID } from 'node:crypto'
import { type ApiCall, splitMarkdown } from '@dingware/core'
import { updateBody } from '../deliver/card.ts'
import { PRIORITY } from '../deliver/priority.ts'
import type { CardData } from '../template/variables.ts'
import { cutTo } from '../text/well-formed.ts'
import { HARD_MAX_LENGTH } from './limits.ts'
import { type CardRecord, finalText } from './record.ts'

type Streamed = Pick<CardRecord, 'outTrackId' | 'key'>

/** The body of one frame (api-streamingupdate). */
export function frameBody({ outTrackId, key }: Streamed, content: string): object {
  const flags = { isFull: true, isFinalize: false, isError: false }
  return { outTrackId, guid: randomUUID(), key, content: shownAs(content), ...flags }
}

/** An empty text is refused, and so is one of more than 20,000 characters, which a notice below it may make of it. */
function shownAs(text: string): string {
  return cutTo(text, HARD_MAX_LENGTH) || ' '
}

/** The frame that ends the stream. Its guid stays the same however often it is sent. */
export function endFrame(record: CardRecord): ApiCall {
  // A template that knows no failure would go on spinning.
  const isError = record.status === 'failed' && record.states.failed !== record.states.finished
  const body = { ...frameBody(record, finalText(record)), isFinalize: !isError, isError }
  return { method: 'PUT', path: '/v1.0/card/streaming', body, priority: PRIORITY.end }
}

/** The update after it: the state for templates that do not follow the stream, buttons, and the whole text again. */
export function endUpdate(record: CardRecord): ApiCall {
  const { outTrackId, key, statusKey, status, states, variables, blocksKey, copyKey } = record
  const text = shownAs(finalText(record))
  const data = {
    ...variables,
    [key]: text,
    ...(blocksKey && { [blocksKey]: blocksOf(text) }),
    ...(copyKey && { [copyKey]: text }),
    ...(statusKey && { [statusKey]: states[status] }),
  }
  return { ...updateCall(outTrackId, data), priority: PRIORITY.end }
}

/** Whether that update says more than the last frame has said. */
export function saysMore({ statusKey, blocksKey, copyKey, variables }: CardRecord): boolean {
  return statusKey !== '' || blocksKey !== '' || copyKey !== '' || Object.keys(variables).length > 0
}

/** The limits of one block of 675cde2f (soimy/openclaw-channel-dingtalk). */
const BLOCK = { maxChars: 2_500, maxBytes: Number.POSITIVE_INFINITY, bytesOf: (text: string): number => text.length }

function blocksOf(text: string): object[] {
  return splitMarkdown(text, BLOCK).map(markdown => ({ type: 0, markdown }))
}

export function updateCall(outTrackId: string, data: CardData): ApiCall {
  return {
    method: 'PUT',
    path: '/v1.0/card/instances',
    body: updateBody(outTrackId, data),
    priority: PRIORITY.update,
  }
}
