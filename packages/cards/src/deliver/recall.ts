import { DingTalkError } from '@dingware/core'
import * as v from 'valibot'
import type { CallApi, DeliveredTo } from './deliver.ts'

const Answer = v.object({ failedResult: v.optional(v.record(v.string(), v.string()), {}) })

/** Takes a card out of every chat that it was delivered to, within 24 hours (robot message recall). */
export async function recallFrom(call: CallApi, robotCode: string, places: readonly DeliveredTo[]): Promise<void> {
  const carriers = places.filter(({ carrierId }) => carrierId !== '')
  if (carriers.length === 0) {
    const problem =
      'The card cannot be recalled: the platform gave no handle for it (a card on top of a chat has none, and the answer to its creation may have been lost). Update it to an empty state instead.'
    throw new DingTalkError(problem, { code: 'ERR_NO_HANDLE' })
  }
  const failed: string[] = []
  for (const place of carriers) {
    const { path, where } = routeOf(place)
    const body = { robotCode, processQueryKeys: [place.carrierId], ...where }
    const { failedResult } = await call({ method: 'POST', path, body, idempotent: true }, Answer)
    failed.push(...Object.values(failedResult))
  }
  if (failed.length === 0) return
  const problem = `The card was not recalled everywhere: ${failed.join('; ')}. Messages can be recalled for 24 hours.`
  throw new DingTalkError(problem, { code: 'ERR_NOT_RECALLED' })
}

function routeOf({ spaceType, spaceId }: DeliveredTo): { readonly path: string; readonly where: object } {
  if (spaceType === 'IM_ROBOT') return { path: '/v1.0/robot/otoMessages/batchRecall', where: {} }
  const path =
    spaceType === 'IM_SINGLE' ? '/v1.0/robot/privateChatMessages/batchRecall' : '/v1.0/robot/groupMessages/recall'
  return { path, where: { openConversationId: spaceId } }
}
