import { aiTemplate02fcf2f4 } from '../../template/presets.ts'
import type { Row } from './rows.ts'

const OFFICIAL = '8aebdfb9-28f4-4a98-98f5-396c3dde41a0'

/** Cards whose text streams. */
export const AI_ROWS: Readonly<Record<string, Row>> = {
  'req.382e4302.hermes': {
    async send({ group, text }) {
      const all = { at: { 'staff-0001': '小雨' }, cardAtUsers: ['staff-0001'], separately: true } as const
      await group.aiCard({ ...all, staticMarkdown: '' }).stream(text())
    },
  },
  'req.02fcf2f4.chain': {
    send: ({ person, text }) =>
      person
        .aiCard({
          template: aiTemplate02fcf2f4,
        })
        .stream(text()),
  },
  'req.ai.official-stream': {
    async send({ person, text }) {
      const official = { template: { id: OFFICIAL, variables: { content: 'content', status: false } } } as const
      await person.aiCard(official).stream(text())
      const failing = person.aiCard(official)
      failing.append('一')
      await failing.fail()
    },
    differs: { '≠content': 'a card that fails says so' },
  },
  'req.ai.official-mixed': {
    async send({ person, text }) {
      const card = person.aiCard({ template: { id: 'own', variables: { content: 'content', status: false } } })
      await card.start()
      await card.update({ data: { preparations: '[…]' } })
      for await (const part of text()) card.append(part)
      const { cards } = await card.finish()
      await cards[0]?.update({ charts: '[…]' })
    },
    differs: {
      '≠content': 'the first frame has a text already',
      '-cardUpdateOptions.updatePrivateDataByKey': 'only where there is private data',
    },
  },
  'req.ai.sdk': {
    async send({ group, text }) {
      const options = { title: '…', logo: '@lAL…', staticMarkdown: '', separately: true } as const
      await group.aiCard(options).stream(text(), { buttons: [{ text: '好', id: 'ok' }] })
      const failing = group.aiCard(options)
      failing.append('一')
      await failing.fail()
    },
  },
  'req.bd04e9b9.approval': {
    async send({ group }) {
      const id = 'bd04e9b9-832c-42b9-9d4f-a8361acebc09'
      const action = { actionId: 'approval', params: { t: 'approval', d: 'allow-once', id: 'exec:1' } }
      const button = {
        text: '✅ 允许一次',
        color: 'green',
        status: 'normal',
        event: { type: 'sendCardRequest', params: action },
      }
      const data = { status: '', btns: [button], hasAction: true, config: { autoLayout: true, enableForward: false } }
      const card = group.aiCard({ template: { id, variables: { content: 'content', status: false } }, data })
      const { cards } = await card.finish('## 命令审批')
      await cards[0]?.update({ status: '✅ 已允许（单次）' })
    },
    differs: { '-cardUpdateOptions.updatePrivateDataByKey': 'only where there is private data (soimy#557)' },
  },
}

/** Lines that hold no request. */
export const NO_REQUESTS: Readonly<Record<string, string>> = {
  'req.blank-card': 'what made cards blank, and what cured it',
  'req.stream.hermes-limits': 'how often frames were sent',
}
