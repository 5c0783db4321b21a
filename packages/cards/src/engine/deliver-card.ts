import type { ApiCall } from '@dingware/core'
import type { NewCard } from '../deliver/body.ts'
import { createAndDeliver, type Delivered, type DeliverySettings } from '../deliver/deliver.ts'
import { reasonOf } from '../deliver/failure.ts'
import type { Engine } from './engine.ts'

/** Creates a card and delivers it, and lets clicks find what is kept of it under the id that the platform gave it. */
export async function deliverCard(
  engine: Pick<Engine, 'call' | 'alias' | 'log'>,
  card: NewCard,
  more: Partial<ApiCall>,
  settings?: DeliverySettings,
): Promise<Delivered> {
  const delivered = await createAndDeliver(engine.call, card, more, settings)
  const { outTrackId } = delivered
  if (outTrackId !== card.outTrackId) {
    await engine.alias(card.outTrackId, outTrackId).catch(error => {
      const what = `The platform gave a card another id, and what clicks on it would need was not kept: ${reasonOf(error)}`
      engine.log.warn(what, { outTrackId })
    })
  }
  return delivered
}
