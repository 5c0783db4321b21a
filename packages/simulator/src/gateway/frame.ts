import type { Clock } from '../clock/clock.ts'
import { secretId, uuid } from '../utils/random.ts'
import type { App } from '../world/types.ts'
import type { Frame, PushRequest } from './types.ts'

export interface FrameContext {
  readonly app: App
  readonly corpId: string
  readonly connectionId: string
  readonly messageId: string
  readonly now: number
}

/** Delivery ids in the platform's shape: unique, and new with each push even of the same message. */
export function createMessageIds(clock: Clock): () => string {
  const instance = secretId(4)
  let count = 0
  return () => {
    count += 1
    return `${instance}_${count.toString(16)}_${clock.now().toString(16)}_${count}`
  }
}

export function makeFrame(request: PushRequest, context: FrameContext): Frame {
  const { app, connectionId, messageId, now, corpId } = context
  const headers = {
    appId: app.appId,
    connectionId,
    contentType: 'application/json',
    messageId,
    // A decimal string on the wire, although documented as a number.
    time: String(now),
    topic: request.topic,
    ...(request.type === 'EVENT' ? eventHeaders(now, corpId, app) : {}),
    ...request.headers,
  }
  return { specVersion: '1.0', type: request.type, headers, data: text(request.data) }
}

function eventHeaders(now: number, corpId: string, app: App) {
  return {
    eventType: 'user_modify_org',
    eventId: uuid().replaceAll('-', ''),
    eventBornTime: String(now),
    eventCorpId: corpId,
    eventUnifiedAppId: app.appId,
  }
}

function text(data: unknown): string {
  return typeof data === 'string' ? data : (JSON.stringify(data) ?? '{}')
}
