import { DingTalkError, problemsOf, type StandardSchemaV1 } from '@dingware/core'
import { isRecord } from '@dingware/transport'
import { withSuffix } from './templates.ts'
import type { CardData } from './variables.ts'

/** A card template of one's own, with the type of its data: the result of {@link defineCard}. */
export interface CardTemplate<D extends object> {
  /** With `.schema` at its end. */
  readonly templateId: string
  /** @throws DingTalkError when the data is not what the schema wants. */
  readonly parse: (data: D) => Promise<CardData>
}

/**
 * Declares a card template from https://open-dev.dingtalk.com/fe/card, and what data it takes.
 *
 * @param templateId as the console shows it; `.schema` at its end is added where missing.
 * @param schema of any library that knows Standard Schema: valibot, zod, arktype. Its output is what is sent: strings as
 * they are, everything else as JSON.
 * @example
 * const leave = defineCard('11111111-2222-3333-4444-555555555555.schema', v.object({ title: v.string(), days: v.number() }))
 * await ctx.replyCard(leave, { title: '请假申请', days: 3 })
 *
 * Updates are not checked by the schema, as a part of the data may not pass as a whole.
 */
export function defineCard<D extends object>(templateId: string, schema: StandardSchemaV1<D, object>): CardTemplate<D> {
  const id = withSuffix(templateId)
  return {
    templateId: id,
    async parse(data) {
      const result = await schema['~standard'].validate(data)
      if (result.issues) {
        const problems = problemsOf(result.issues)
        throw new DingTalkError(
          `The card was not sent, because its data does not fit the template ${id}: ${problems}. Correct the data, or the schema given to defineCard().`,
          { code: 'ERR_CARD_DATA' },
        )
      }
      return isRecord(result.value) ? result.value : {}
    },
  }
}
