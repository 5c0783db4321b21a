import type { Conversation, Simulator } from '@dingware/simulator'
import * as v from 'valibot'

/** The platform's APIs as a bot calls them, by hand: these tests are of what is shown, not of who sends it. */
export interface Caller {
  call(method: string, path: string, body: unknown): Promise<unknown>
  /** By session webhook, in the chat of `user`. */
  webhook(user: string, body: unknown, group?: Conversation): Promise<void>
  send(user: string, msgKey: string, param: object): Promise<string>
  card(to: CardPlace, templateId: string, variables: Record<string, string>, more?: object): Promise<string>
  /** A `StandardCard`, of the API before the one for cards. */
  oldCard(user: string, cardData: object): Promise<void>
  stream(outTrackId: string, key: string, content: string, more?: object): Promise<void>
  update(outTrackId: string, variables: Record<string, string>): Promise<void>
  upload(name: string, bytes: Uint8Array<ArrayBuffer>, type?: string): Promise<string>
}

export type CardPlace = { readonly user: string } | { readonly group: Conversation }

const token = v.object({ accessToken: v.string() })
const sent = v.object({ processQueryKey: v.string() })
const uploaded = v.object({ media_id: v.string() })
let cards = 0

export async function caller(sim: Simulator): Promise<Caller> {
  const { url, clientId, clientSecret } = sim
  const json = { 'content-type': 'application/json' }
  const asked = await fetch(`${url}/v1.0/oauth2/accessToken`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ appKey: clientId, appSecret: clientSecret }),
  })
  const { accessToken } = v.parse(token, await asked.json())

  async function call(method: string, path: string, body: unknown): Promise<unknown> {
    const headers = { ...json, 'x-acs-dingtalk-access-token': accessToken }
    const response = await fetch(url + path, { method, headers, body: JSON.stringify(body) })
    const answer: unknown = await response.json()
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`)
    return answer
  }

  return {
    call,
    async webhook(user, body, group) {
      const voice = group ? sim.user(user).in(group) : sim.user(user)
      const { payload } = await voice.say('?')
      const response = await fetch(payload.sessionWebhook, {
        method: 'POST',
        headers: json,
        body: JSON.stringify(body),
      })
      const answer = v.parse(v.object({ errcode: v.number(), errmsg: v.string() }), await response.json())
      if (answer.errcode !== 0) throw new Error(answer.errmsg)
    },
    async send(user, msgKey, param) {
      const { userId } = sim.user(user)
      const body = { robotCode: clientId, userIds: [userId], msgKey, msgParam: JSON.stringify(param) }
      return v.parse(sent, await call('POST', '/v1.0/robot/oToMessages/batchSend', body)).processQueryKey
    },
    async oldCard(user, cardData) {
      await call('POST', '/v1.0/im/v1.0/robot/interactiveCards/send', {
        cardTemplateId: 'StandardCard',
        cardBizId: crypto.randomUUID(),
        robotCode: clientId,
        singleChatReceiver: JSON.stringify({ userId: sim.user(user).userId }),
        cardData: JSON.stringify(cardData),
      })
    },
    async card(to, templateId, variables, more = {}) {
      cards += 1
      const outTrackId = `track-${cards}`
      await call('POST', '/v1.0/card/instances/createAndDeliver', {
        cardTemplateId: templateId,
        outTrackId,
        callbackType: 'STREAM',
        cardData: { cardParamMap: variables },
        ...placeOf(sim, to),
        ...more,
      })
      return outTrackId
    },
    async stream(outTrackId, key, content, more = {}) {
      const guid = crypto.randomUUID()
      await call('PUT', '/v1.0/card/streaming', { outTrackId, guid, key, content, isFull: true, ...more })
    },
    async update(outTrackId, variables) {
      const cardUpdateOptions = { updateCardDataByKey: true }
      await call('PUT', '/v1.0/card/instances', {
        outTrackId,
        cardData: { cardParamMap: variables },
        cardUpdateOptions,
      })
    },
    async upload(name, bytes, type = 'image') {
      const form = new FormData()
      form.set('media', new File([bytes], name))
      const response = await fetch(`${url}/media/upload?access_token=${accessToken}&type=${type}`, {
        method: 'POST',
        body: form,
      })
      return v.parse(uploaded, await response.json()).media_id
    },
  }
}

function placeOf(sim: Simulator, to: CardPlace): object {
  if ('user' in to) {
    return {
      openSpaceId: `dtv1.card//IM_ROBOT.${sim.user(to.user).userId}`,
      imRobotOpenSpaceModel: { supportForward: true },
      imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode: sim.clientId },
    }
  }
  return {
    openSpaceId: `dtv1.card//IM_GROUP.${to.group.conversationId}`,
    imGroupOpenSpaceModel: { supportForward: true },
    imGroupOpenDeliverModel: { robotCode: sim.clientId },
  }
}

/** Ids of templates, as the official Python SDK and the tutorials have them. */
export const TEMPLATES = {
  markdown: '589420e2-c1e2-46ef-a5ed-b8728e654da9.schema',
  buttons: '1366a1eb-bc54-4859-ac88-517c56a9acb1.schema',
  ai: '382e4302-551d-4880-bf29-a30acfab2e71.schema',
  rpa: '7f538f6d-ebb7-4533-a9ac-61a32da094cf.schema',
  graph: 'd28e2ac5-fb34-4d93-94bc-cf5c580c2d4f.schema',
  blocks: '675cde2f-f526-40cb-b828-f5b2b57b8b77.schema',
  charts: '2b07a3e6-cdf4-4e8f-8bac-a4f6e3e19eff.schema',
  approval: 'dac1dbec-55af-40c3-be91-6d6882ef3b66.schema',
} as const
