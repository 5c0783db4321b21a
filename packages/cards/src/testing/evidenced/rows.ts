import type { Context, StandardSchemaV1 } from '@dingware/core'
import type { CardClient, CardSender } from '../../plugin/client.ts'
import type { CardsFlavor } from '../../plugin/flavor.ts'
import { type CardTemplate, defineCard } from '../../template/define-card.ts'
import type { CardData } from '../../template/variables.ts'

export const GROUP = { group: 'cidTESTGROUP0001==' }
export const PERSON = { users: 'staff-0001' }

/** What a row sends with. */
export interface Hands {
  readonly client: CardClient
  /** Into the group that the evidence names. */
  readonly group: CardSender
  /** To the person that the evidence names. */
  readonly person: CardSender
  /** A text that goes on when a part of it has been shown. */
  readonly text: () => AsyncIterable<string>
  /** By a handler, as an answer to a message in a group. */
  readonly answer: (handler: (ctx: Context & CardsFlavor) => Promise<unknown>) => Promise<unknown>
}

export interface Row {
  readonly send: (hands: Hands) => Promise<unknown>
  readonly robotCode?: string
  /** Where our requests differ from those that were seen, each with its reason. */
  readonly differs?: Readonly<Record<string, string>>
}

const anything: StandardSchemaV1<CardData, CardData> = {
  '~standard': { version: 1, vendor: 'test', validate: value => ({ value: Object(value) }) },
}

/** A template with any data. */
export function template(id: string): CardTemplate<CardData> {
  return defineCard(id, anything)
}

export const AI = '382e4302-551d-4880-bf29-a30acfab2e71'

const ROBOT = 'with several bots in one organisation a card without it may come from another (connector, hermes#34362)'
export const TYPE = 'the kind of ids is always said'
const SUMMARY = 'the list of chats follows the card, as from the connector'
const BOTH = 'both models, as from the SDK'

/** Whole cards, and updates of them. */
export const ROWS: Readonly<Record<string, Row>> = {
  'req.create.sdk': {
    send: ({ group }) => group.sendMarkdown('…', { separately: true }),
    differs: { '+userIdType': TYPE },
  },
  'req.deliver.sdk.group': {
    robotCode: 'dingclientid',
    send: ({ group }) =>
      group.sendMarkdown('x', {
        separately: true,
        at: { 'staff-0001': '小雨' },
        recipients: ['staff-0001'],
        hosting: 'staff-0001',
      }),
  },
  'req.deliver.sdk.dm': {
    send: ({ person }) => person.sendMarkdown('x', { separately: true }),
    differs: {
      '+imRobotOpenDeliverModel.robotCode': ROBOT,
      '+imRobotOpenDeliverModel.extension.dynamicSummary': SUMMARY,
    },
  },
  'req.both.sdk': {
    send: ({ person }) => person.send(template('8aebdfb9-28f4-4a98-98f5-396c3dde41a0'), { content: '' }),
    differs: {
      '+userIdType': TYPE,
      '+imRobotOpenDeliverModel.robotCode': ROBOT,
      '+imRobotOpenDeliverModel.extension.dynamicSummary': SUMMARY,
    },
  },
  'req.both.675cde2f': {
    send: ({ group }) =>
      group.send(
        template('675cde2f-f526-40cb-b828-f5b2b57b8b77'),
        {
          config: { autoLayout: true, enableForward: true },
          content: '',
          quoteContent: '',
          statusLine: '…',
          flowStatus: 2,
          hasAction: true,
          stop_action: true,
        },
        { dynamicSummary: true },
      ),
  },
  'req.both.1366a1eb.dm': {
    send: ({ person }) =>
      person.sendMarkdownButtons('…', [{ text: '接单', id: 'accept' }], { title: '工单', supportForward: false }),
    differs: {
      '+imGroupOpenSpaceModel.supportForward': BOTH,
      '+imRobotOpenDeliverModel.robotCode': ROBOT,
      '+imRobotOpenDeliverModel.extension.dynamicSummary': SUMMARY,
      '+cardData.cardParamMap.sys_full_json_obj.msgButtons.0.id': 'the id by which the click is known',
      '-cardData.cardParamMap.sys_full_json_obj.msgButtons.0.params.id': 'dropped by the platform (the same source)',
      '≠cardData.cardParamMap.sys_full_json_obj.msgButtons.0.color': 'orange is no proven colour',
    },
  },
  'req.both.group.at-notify-private': {
    send: ({ group }) =>
      group.send(
        template('own'),
        { reminder_markdown: '<a atId=staff-0001>小雨</a> 请处理' },
        {
          supportForward: false,
          privateData: { 'staff-0001': { can_edit: true } },
          lastMessage: '预约提醒 @小雨',
          notification: { notificationOff: false, alertContent: '@小雨 请处理' },
          at: { 'staff-0001': '小雨' },
          cardAtUsers: ['staff-0001'],
        },
      ),
    differs: {
      '+callbackType': 'without STREAM no click arrives',
      '+imRobotOpenSpaceModel.supportForward': BOTH,
      '+imRobotOpenSpaceModel.lastMessageI18n.ZH_CN': BOTH,
      '+imRobotOpenSpaceModel.notification.notificationOff': BOTH,
      '+imRobotOpenSpaceModel.notification.alertContent': BOTH,
    },
  },
  'req.both.cc-question': {
    send: ({ person }) =>
      person.send(
        template('566bd03d-f291-4dd2-b7ad-ab690b7414c4'),
        {
          title: '…',
          options: [
            { value: 'a', text: 'a', description: '' },
            { value: '__customAnswer__', text: '自定义回答', description: '' },
          ],
          status: '',
          agentName: '',
          issueTitle: '',
          questionUrl: '',
        },
        { supportForward: false, dynamicSummary: false },
      ),
  },
  'req.both.userId+private': {
    send: ({ person }) =>
      person.send(
        template('0ad7c643-7e30-4797-8284-da5ef89d3841'),
        {},
        { privateData: { 'staff-0001': { nonce: 'n' } }, supportForward: false, extra: { userId: 'staff-0001' } },
      ),
    differs: {
      '+imGroupOpenSpaceModel.supportForward': BOTH,
      '+imRobotOpenDeliverModel.robotCode': ROBOT,
      '+imRobotOpenDeliverModel.extension.dynamicSummary': SUMMARY,
    },
  },
  'req.382e4302.approval': {
    async send({ group }) {
      const card = await group.send(template(AI), { flowStatus: 1 }, { separately: true })
      await card.update({
        msgTitle: '工具审批',
        staticMsgContent: '工具：x\n\n参数：{}',
        sys_full_json_obj: {
          order: ['msgTitle', 'staticMsgContent', 'msgButtons'],
          msgButtons: [
            { text: '✅ 同意', color: 'blue', id: 'agree', request: true },
            { text: '🚫 拒绝', color: 'gray', id: 'reject', request: true },
          ],
        },
        flowStatus: '3',
      })
    },
    differs: { '+userIdType': TYPE },
  },
  'req.382e4302.settle': {
    async send({ group }) {
      const card = await group.send(template(AI), { flowStatus: '3' })
      await card.update({
        sys_full_json_obj: { order: ['msgTitle', 'staticMsgContent'] },
        staticMsgContent: '已同意',
      })
    },
    differs: { '+userIdType': TYPE },
  },
  'req.382e4302.direct-state3': {
    send: ({ group }) =>
      group.send(template(AI), {
        msgTitle: '工具执行确认',
        staticMsgContent: '…',
        sys_full_json_obj: {
          order: ['msgTitle', 'staticMsgContent', 'msgButtons'],
          msgButtons: [{ text: '同意', color: 'blue', id: 'agree', request: true }],
        },
        flowStatus: 3,
      }),
  },
  'req.carousel.sdk': {
    send: ({ answer }) =>
      answer(ctx =>
        ctx.replyCarouselCard('…', [{ title: '一', image: '@lAL…' }], { title: '…', logo: '…', separately: true }),
      ),
  },
  'req.rpa.sdk': {
    send: ({ answer }) =>
      answer(ctx =>
        ctx.replyRpaPluginCard(
          {
            pluginId: '1',
            pluginVersion: '1',
            pluginName: 'n',
            abilityName: 'a',
            args: {},
            goal: '…',
          },
          { separately: true },
        ),
      ),
  },
  'req.onebox': {
    send: ({ group }) =>
      group.send(
        template('c36a2fbe-ff53-44ac-a91d-dedbe3654306'),
        {},
        {
          topBox: { only: true, expiresIn: 1_700_000_180_000 - Date.now() },
          dynamicData: [{ id: 'ds', params: { k: 'v' }, every: 10 }],
        },
      ),
    differs: { '+userIdType': TYPE },
  },
  'req.top.platforms': {
    send: ({ group }) =>
      group.sendMarkdown('x', { topBox: { expiresIn: 1, users: ['staff-0001'], platforms: ['android', 'ios'] } }),
  },
  'req.im_single': {
    async send({ client }) {
      await client.to({ privateChat: 'cidTESTGROUP0001==' }).sendMarkdown('x')
      await client.to({ privateChat: 'unionid' }).sendMarkdown('x', { userIds: 'unionId', supportForward: false })
    },
    differs: {
      '-imSingleOpenSpaceModel': 'ours says whether it may be forwarded',
      '-imSingleOpenDeliverModel.extension': 'nothing is to be said in it',
    },
  },
  'req.update.overwrite': {
    send: async ({ group }) => (await group.sendMarkdown('x')).update({}, { overwrite: true }),
    differs: {
      '+cardUpdateOptions.updateCardDataByKey': 'false is the default, said aloud',
      '+userIdType': TYPE,
    },
  },
  'req.update.both-true': {
    send: async ({ group }) => (await group.send(template('own'), { status: '' })).update({ status: 'x' }),
    differs: {
      '-cardUpdateOptions.updatePrivateDataByKey': 'only where there is private data (soimy#557)',
      '+userIdType': TYPE,
    },
  },
  'req.recall.carrierId': {
    send: async ({ group }) => (await group.sendMarkdown('x')).recall(),
  },
}
