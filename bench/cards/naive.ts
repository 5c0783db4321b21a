import { randomUUID } from 'node:crypto'
import type { Way } from './scenario.ts'

const STREAM = '/v1.0/card/streaming'

/** One call for each token, one after the other, and an error is passed over: what many bots do. */
export const naive: Way = {
  name: 'a call per token',
  bot: () => ({ throttle: false, autoRetry: false }),
  async show({ api }, userId, source) {
    const outTrackId = randomUUID()
    await api
      .call({
        method: 'POST',
        path: '/v1.0/card/instances/createAndDeliver',
        body: {
          cardTemplateId: '382e4302-551d-4880-bf29-a30acfab2e71.schema',
          outTrackId,
          callbackType: 'STREAM',
          cardData: { cardParamMap: { flowStatus: '1', msgContent: '' } },
          openSpaceId: `dtv1.card//IM_ROBOT.${userId}`,
          imRobotOpenSpaceModel: { supportForward: true },
          imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode: 'ding-simulator' },
        },
      })
      .catch(() => {})
    let content = ''
    const send = (isFinalize: boolean): Promise<unknown> => {
      const body = {
        outTrackId,
        guid: randomUUID(),
        key: 'msgContent',
        content,
        isFull: true,
        isFinalize,
        isError: false,
      }
      return api.call({ method: 'PUT', path: STREAM, body }).catch(() => {})
    }
    for await (const token of source) {
      content += token
      await send(false)
    }
    await send(true)
  },
}
