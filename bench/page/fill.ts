import type { Simulator } from '@dingware/simulator'

const TEMPLATE = '589420e2-c1e2-46ef-a5ed-b8728e654da9.schema'
const markdown = '#### 进度\n\n- 接口 **完成**\n- 页面 *进行中*\n\n> 预计周五，见 https://example.com\n'

/** Puts so many messages into the chat of the first user: a third each text of the user, markdown and cards of the bot. */
export async function fill(sim: Simulator, count: number): Promise<void> {
  const user = sim.user('小钉')
  const call = await caller(sim)
  for (let sent = 0; sent < count; sent += 3) {
    await user.say(`第 ${sent} 条：${'话'.repeat(10 + (sent % 60))}`)
    const message = { robotCode: sim.clientId, userIds: [user.userId], msgKey: 'sampleMarkdown' }
    const msgParam = JSON.stringify({ title: '进度', text: markdown.repeat(1 + (sent % 3)) })
    await call('/v1.0/robot/oToMessages/batchSend', { ...message, msgParam })
    await call('/v1.0/card/instances/createAndDeliver', {
      cardTemplateId: TEMPLATE,
      outTrackId: crypto.randomUUID(),
      callbackType: 'STREAM',
      cardData: { cardParamMap: { title: `卡片 ${sent}`, markdown } },
      openSpaceId: `dtv1.card//IM_ROBOT.${user.userId}`,
      imRobotOpenSpaceModel: { supportForward: true },
      imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode: sim.clientId },
    })
  }
}

async function caller({ url, clientId, clientSecret }: Simulator) {
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const answer: unknown = await (
    await post('/v1.0/oauth2/accessToken', { appKey: clientId, appSecret: clientSecret })
  ).json()
  const token =
    typeof answer === 'object' && answer !== null && 'accessToken' in answer ? String(answer.accessToken) : ''
  return async (path: string, body: object) => {
    const response = await post(path, body, { 'x-acs-dingtalk-access-token': token })
    if (!response.ok) throw new Error(await response.text())
    await response.arrayBuffer()
  }
}
