/** Somebody in a test. */
export interface Person {
  readonly nick: string
  readonly userId: string
}

export interface Place {
  readonly conversationId: string
  /** Missing for a private chat. */
  readonly group?: string | undefined
}

const ROBOT = 'test-robot'
const BOT_ID = '$:LWCP_v1:$bot'
const WEBHOOK = 'https://oapi.dingtalk.com/robot/sendBySession?session=test'
/** A session webhook lives for 90 minutes. */
const WEBHOOK_LIFETIME = 5_400_000

/** A robot message as the platform would push it (receive-message). */
export function messagePayload(person: Person, place: Place, id: string, content: object): object {
  const common = {
    msgId: id,
    conversationId: place.conversationId,
    senderId: `$:LWCP_v1:$${person.userId}`,
    senderNick: person.nick,
    senderStaffId: person.userId,
    senderCorpId: 'ding-test',
    chatbotCorpId: 'ding-test',
    chatbotUserId: BOT_ID,
    robotCode: ROBOT,
    isAdmin: false,
    createAt: Date.now(),
    sessionWebhook: `${WEBHOOK}${place.conversationId}`,
    sessionWebhookExpiredTime: Date.now() + WEBHOOK_LIFETIME,
  }
  if (place.group === undefined) return { ...common, conversationType: '1', ...content }
  const inGroup = {
    conversationType: '2',
    conversationTitle: place.group,
    isInAtList: true,
    atUsers: [{ dingtalkId: BOT_ID }],
  }
  return { ...common, ...inGroup, ...content }
}

/** A click on a card, or a form, as the platform would push it (event-callback-card). */
export function clickPayload(
  person: Person,
  place: Place,
  outTrackId: string,
  actionId: string,
  params: object,
): object {
  const space =
    place.group === undefined
      ? { spaceType: 'IM_ROBOT', spaceId: person.userId }
      : { spaceType: 'IM_GROUP', spaceId: place.conversationId }
  return {
    type: 'actionCallback',
    outTrackId,
    corpId: 'ding-test',
    userId: person.userId,
    userIdType: 1,
    ...space,
    content: JSON.stringify({ cardPrivateData: { actionIds: [actionId], params } }),
  }
}
