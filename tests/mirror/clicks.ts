import { FORM_TEMPLATE_ID, type Simulator, type Switches } from '@dingware/simulator'
import { formVariables } from '../page/support/gallery.ts'
import { caller, TEMPLATES } from '../page/support/platform.ts'

/** What the simulator pushes for a click of which we have a line of evidence. */
export interface MirroredClick {
  /** The line. */
  readonly line: string
  /** The fields of which the line is evidence; all of them when it is a whole callback. */
  readonly fields?: readonly string[]
  readonly switches?: Partial<Switches>
  readonly press: (sim: Simulator) => Promise<unknown>
}

/** Where a card was sent. */
type Place = 'group' | 'private'

/** The rest of such a line was rebuilt by its author. */
const inner = ['content'] as const

const agree = { msgButtons: [{ text: 'Approve', id: 'agree', request: true, params: { orderId: '42' } }] }
const layout = { sys_full_json_obj: JSON.stringify(agree) }
const approval = {
  btns: JSON.stringify([
    {
      text: '✅ 允许一次',
      color: 'green',
      status: 'normal',
      event: {
        type: 'sendCardRequest',
        params: { actionId: 'approval', params: { t: 'approval', d: 'allow-once', id: 'exec:1' } },
      },
    },
  ]),
}

async function card(sim: Simulator, template: string, variables: Record<string, string>, where: Place = 'group') {
  const api = await caller(sim)
  const alice = sim.user('Alice')
  const place = where === 'private' ? { user: 'Alice' } : { group: sim.group('Team', [alice]) }
  const id = await api.card(place, template, variables)
  return { alice, id }
}

type Pressed = { readonly payload: unknown }
const payload = async (clicked: Promise<Pressed>) => (await clicked).payload

/** A click on the one button of a card. */
const clicking =
  (template: string, variables: Record<string, string>, button: string, where?: Place) => async (sim: Simulator) => {
    const { alice, id } = await card(sim, template, variables, where)
    return payload(alice.click(id, button))
  }

const approve = clicking(TEMPLATES.ai, { ...layout, flowStatus: '3' }, 'Approve')

export const clicks: readonly MirroredClick[] = [
  {
    line: 'cb.own-template.im.node-id',
    press: async sim => {
      const { alice, id } = await card(sim, 'own.schema', {})
      return payload(alice.click(id, ['single_button_node_abcdefghijk'], { action: 'like' }))
    },
  },
  {
    line: 'cb.382e4302.group.msgButton',
    fields: ['spaceType', 'type', 'userId', 'content', 'spaceId', 'outTrackId'],
    press: approve,
  },
  { line: 'cb.382e4302.group.msgButton.text', switches: { clickParams: 'text' }, press: approve },
  {
    line: 'cb.382e4302.dm.belief',
    fields: ['spaceType', 'spaceId', 'content', 'extension', 'userIdType'],
    press: clicking(TEMPLATES.ai, { ...layout, flowStatus: '3' }, 'Approve', 'private'),
  },
  {
    line: 'cb.1366a1eb.dm.msgButton.text',
    switches: { clickParams: 'text', privateSpaceId: 'conversationId' },
    press: clicking(TEMPLATES.buttons, layout, 'Approve', 'private'),
  },
  { line: 'cb.btns.index-appended', fields: inner, press: clicking('own.schema', approval, '✅ 允许一次') },
  {
    line: 'cb.675cde2f.btn_stop',
    fields: inner,
    press: clicking(TEMPLATES.blocks, { content: '', stop_action: 'true', flowStatus: '2' }, 'btn_stop'),
  },
  {
    line: 'cb.form.submit',
    press: async sim => {
      const options = ['mon', 'tue', 'wed'].map(value => ({ value, text: value }))
      const fields = [
        { name: 'title', label: '', type: 'TEXT' },
        { name: 'days', label: '', type: 'NUMBER' },
        { name: 'kind', label: '', type: 'SELECT', options },
        { name: 'days_off', label: '', type: 'MULTI_SELECT', options },
        { name: 'agree', label: '', type: 'CHECKBOX' },
        { name: 'hidden_id', label: '', type: 'TEXT', hidden: true, defaultValue: 'x-1' },
      ]
      const { alice, id } = await card(sim, 'own.schema', { form: JSON.stringify({ fields }) })
      const given = { title: '请假', days: 3, kind: 'mon', days_off: ['mon', 'wed'], agree: true }
      return payload(alice.submit(id, given))
    },
  },
  {
    line: 'cb.form.ask-user.cancel',
    fields: inner,
    press: async sim => {
      const { alice, id } = await card(sim, FORM_TEMPLATE_ID, formVariables())
      return payload(alice.submit(id, {}, { cancel: true }))
    },
  },
  {
    line: 'cb.memgov.im-alias',
    fields: ['spaceId', 'spaceType'],
    switches: { spaceIdForm: 'prefixed' },
    press: approve,
  },
  {
    line: 'cb.minimal',
    switches: { clickShape: 'minimal' },
    press: async sim => {
      const { alice, id } = await card(sim, TEMPLATES.approval, {})
      return payload(alice.click(id, 'accept', { action: 'accept' }))
    },
  },
  {
    line: 'cb.value-only',
    switches: { clickShape: 'valueOnly', spaceType: 'IM' },
    press: clicking('own.schema', {}, 'feedback_up'),
  },
]
