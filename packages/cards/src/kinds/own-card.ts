import type { CardTemplate } from '../template/define-card.ts'
import type { DeliverOptions } from '../template/deliver-options.ts'
import type { CardPlan } from './send.ts'

/** A card of such a template, checked. @throws DingTalkError (`ERR_CARD_DATA`) */
export async function planOf<D extends object>(
  template: CardTemplate<D>,
  data: D,
  options: DeliverOptions,
): Promise<CardPlan<D>> {
  const parsed = await template.parse(data)
  return {
    templateId: template.templateId,
    data,
    // The whole was checked; a part of it, as updates have, may not pass as a whole.
    variables: part => (part === data ? parsed : { ...part }),
    options,
  }
}
