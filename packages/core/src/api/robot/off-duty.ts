import type { Caller } from '../caller.ts'
import { requireText } from '../send/text.ts'

export interface OffDutyPrompt {
  readonly title?: string | undefined
  /** Icon beside the title, by mediaId. */
  readonly logo?: string | undefined
}

/**
 * Sets the automatic reply to people who write to the robot while no bot is connected. The API is internal: it is the
 * one that DingTalk's Python SDK calls.
 *
 * @throws ApiError; DingTalkError `ERR_EMPTY_MESSAGE`
 */
export async function setOffDutyPrompt(
  api: Pick<Caller, 'call'>,
  robotCode: string,
  text: string,
  { title = '', logo = '' }: OffDutyPrompt = {},
): Promise<void> {
  requireText('The off-duty prompt', 'its text', text)
  const cardData = {
    config: { autoLayout: true, enableForward: true },
    header: { title: { type: 'text', text: title }, logo },
    contents: [{ type: 'text', text, id: 'text_1' }],
  }
  await api.call({
    method: 'POST',
    path: '/v1.0/innerApi/robot/stream/away/template/update',
    body: { robotCode, cardData: JSON.stringify(cardData), cardTemplateId: 'StandardCard' },
    idempotent: true,
  })
}
