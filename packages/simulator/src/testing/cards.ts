import type { Simulator } from '../simulator.ts'
import { type Call, caller } from './api.ts'

/** The body that creates a card for a group and delivers it there. */
export function groupCard(sim: Simulator, more: object = {}): Record<string, unknown> {
  const alice = sim.user('Alice')
  return {
    cardTemplateId: 'hello.schema',
    outTrackId: 'trk_1',
    callbackType: 'STREAM',
    cardData: { cardParamMap: { title: 'Hi', count: '3' } },
    openSpaceId: `dtv1.card//IM_GROUP.${sim.group('Team', [alice]).conversationId}`,
    imGroupOpenSpaceModel: { supportForward: true },
    imGroupOpenDeliverModel: { robotCode: sim.clientId },
    ...more,
  }
}

/** Puts a card into the group `Team`, where Alice sees it. */
export async function showCard(sim: Simulator, more: object = {}): Promise<Call> {
  const call = await caller(sim)
  const answer = await call('POST', '/v1.0/card/instances/createAndDeliver', groupCard(sim, more))
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  return call
}
