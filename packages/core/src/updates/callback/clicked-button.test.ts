import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ButtonKnowledge, type ClickedParts, clickedButton, takeApart } from './clicked-button.ts'
import type { KnownCard } from './known-card.ts'

const NODE = 'single_button_node_ocm3k8x2vq1'
const card: KnownCard = {
  buttons: { 'approve~4f9k0': { orderId: '42' } },
  labels: { 同意: 'approve~4f9k0', 拒绝: 'reject', 都行: null, '好\ud83d': 'cut' },
}
const meant = (actionIds: readonly string[], params: object = {}, knowledge: ButtonKnowledge = { card }) =>
  clickedButton({ actionIds, params: { ...params } }, knowledge)?.baseId

describe('which button was meant', () => {
  test.each<[string, readonly string[], object, string | undefined]>([
    ['an id of ours among the params', [NODE], { id: 'approve~4f9k0', text: '同意' }, 'approve~4f9k0'],
    ['an id of ours in actionIds', ['reject'], {}, 'reject'],
    ['an id of ours before what a designer named', ['designed'], { id: 'reject' }, 'reject'],
    ['an id of ours with a number from a loop', ['reject_3'], {}, 'reject'],
    ['an id of ours with a number and no underscore', ['reject12'], {}, 'reject'],
    ['an id of ours that ends in a digit, with a number', ['approve~4f9k01'], {}, 'approve~4f9k0'],
    ['what a designer named, before a business field', ['pay'], { id: 'order-7', action: 'x' }, 'pay'],
    ['the id among the params, before the label', [NODE], { id: 'other', text: '同意' }, 'other'],
    ['the action among the params', [NODE], { action: 'like' }, 'like'],
    ['the actionId among the params', [], { actionId: 'like' }, 'like'],
    ['a number', [NODE], { id: 7 }, '7'],
    ['the label, on that card', [NODE], { text: '同意' }, 'approve~4f9k0'],
    ['the label, with other blanks', [NODE], { text: ' 拒绝\n' }, 'reject'],
    ['the label, cut within a character', [NODE], { text: '好\ufffd' }, 'cut'],
    ['the label, with no id at all', [], { text: '拒绝' }, 'reject'],
    ['nothing, where two buttons say the same', [NODE], { text: '都行' }, undefined],
    ['nothing, where nobody says that', [NODE], { text: '别的' }, undefined],
    ['nothing, by a label that objects have', [NODE], { text: 'constructor' }, undefined],
    ['nothing, by a node alone', [NODE], {}, undefined],
    ['nothing, by the node of another kind of button', ['btn_node_a1b2c3d4'], {}, undefined],
    ['nothing, by a thumb', ['sys_action_like_component'], { id: 'x', text: '拒绝' }, undefined],
    ['nothing, by sharing', ['sys_action_ai_card_share'], {}, undefined],
    ['a component that a designer called a node', ['my_node_settings'], {}, 'my_node_settings'],
    ['a business field, before a component that a designer called a node', ['my_node_settings'], { id: 'x' }, 'x'],
    ['a business field, before a node without a kind', ['node_a1b2c3d4'], { id: 'x' }, 'x'],
    ['what a designer named with a short word after node', ['my_node_set'], { id: 'x' }, 'my_node_set'],
    ['what a designer named with node within a word', ['anode_settings'], { id: 'x' }, 'anode_settings'],
    ['what a designer named with button within a word', ['mybutton_node_1a'], { id: 'x' }, 'mybutton_node_1a'],
    ['what a designer named behind a node', ['btn_node_a1b2c3d4.ok'], { id: 'x' }, 'btn_node_a1b2c3d4.ok'],
    ['what a designer named behind a node of no kind', ['node_a1b2c3d4.ok'], { id: 'x' }, 'node_a1b2c3d4.ok'],
    ['what a designer named with sys_action_ in it', ['my_sys_action_like'], { id: 'x' }, 'my_sys_action_like'],
    ['nothing, by a node in capitals', ['SINGLE_BUTTON_NODE_OCM3'], {}, undefined],
    ['nothing, by a node of several buttons', ['buttons_node_a1b2'], {}, undefined],
    ['nothing, by a thumb in capitals', ['SYS_ACTION_LIKE'], { id: 'x' }, undefined],
    ['what a designer named, beside a thumb', ['sys_action_like', 'pay'], {}, 'pay'],
    ['the first of those that a designer named', ['pay', 'look'], {}, 'pay'],
    ['the id before the actionId', [NODE], { action: 'c', actionId: 'b', id: 'a' }, 'a'],
    ['the actionId before the action', [NODE], { action: 'c', actionId: 'b' }, 'b'],
    ['the number 0', [NODE], { id: 0 }, '0'],
    ['an id before a label that two buttons have', [NODE], { id: 'x', text: '都行' }, 'x'],
    ['no id that is neither text nor number', [NODE], { id: true, actionId: {}, text: '拒绝' }, 'reject'],
    ['nothing, by a label with other blanks that two buttons have', [NODE], { text: ' 都行 ' }, undefined],
    [
      'nothing by a node of another kind, where a label tells nothing',
      ['my_node_settings'],
      { text: '别的' },
      undefined,
    ],
    [
      'a component that a designer called a node, where the label is no text',
      ['my_node_settings'],
      { text: 7 },
      'my_node_settings',
    ],
    ['an id of ours among several', ['other', 'reject_2'], {}, 'reject'],
    ['no id of ours that objects have', ['constructor'], {}, 'constructor'],
    ['empty ids are none', [NODE], { id: '', action: '', text: '拒绝' }, 'reject'],
  ])('%s', (_, actionIds, params, expected) => {
    expect(meant(actionIds, params)).toBe(expected)
  })

  test('nothing is known of the card: the id tells, the label does not', () => {
    expect(meant([NODE], { id: 'agree', text: 'Approve' }, {})).toBe('agree')
    expect(meant([NODE], { text: 'Approve' }, {})).toBeUndefined()
  })

  test('the label, however its blanks and accents are written', () => {
    const labels = { 'Café  ouvert': 'open' }
    expect(meant([NODE], { text: 'Cafe\u0301 ouvert' }, { card: { labels } })).toBe('open')
    expect(meant([NODE], { text: 'Café\u3000\n ouvert ' }, { card: { labels } })).toBe('open')
    expect(meant([NODE], { text: 'Caféouvert' }, { card: { labels } })).toBeUndefined()
    expect(meant([NODE], { text: 'café ouvert' }, { card: { labels } })).toBeUndefined()
  })

  test('of a card of which only something else is known', () => {
    expect(meant(['pay'], {}, { card: {} })).toBe('pay')
    expect(meant([NODE], { text: '同意' }, { card: { owner: 'alice' } })).toBeUndefined()
    expect(meant([NODE], { id: 'approve~1' }, { card: { buttons: { 'approve~1': 1 } } })).toBe('approve~1')
    expect(meant(['approve~1_3'], {}, { card: { buttons: { 'approve~1': 1 } } })).toBe('approve~1')
  })

  test('a node that a handler of the bot names, with a number or without', () => {
    const isDeclared = (id: string): boolean => id === 'btn_node_approve'
    expect(meant(['btn_node_approve'], { id: 'x' }, { isDeclared })).toBe('btn_node_approve')
    expect(meant(['btn_node_approve_1'], { id: 'x' }, { isDeclared })).toBe('btn_node_approve')
    expect(meant(['btn_node_approve12'], { id: 'x' }, { isDeclared })).toBe('btn_node_approve')
    expect(meant(['btn_node_other'], { id: 'x' }, { isDeclared })).toBe('x')
  })

  test('an id that a handler of the bot has, as the platform appends a number to it', () => {
    const isDeclared = (id: string): boolean => ['approval', 'step2', 'step'].includes(id)
    expect(meant(['approval0'], {}, { isDeclared })).toBe('approval')
    expect(meant(['step2'], {}, { isDeclared })).toBe('step2')
    expect(meant(['step12'], {}, { isDeclared })).toBe('step')
    expect(meant(['other1'], {}, { isDeclared })).toBe('other1')
    expect(meant(['sys_action_like_component'], {}, { isDeclared: id => id.startsWith('sys_') })).toBe(
      'sys_action_like_component',
    )
  })
})

test('the number that is appended is told', () => {
  expect(clickedButton({ actionIds: ['reject_12'], params: {} }, { card })).toEqual({
    id: 'reject_12',
    baseId: 'reject',
    index: 12,
  })
  expect(takeApart('_1')).toEqual({ id: '_1', baseId: '_1' })
})

describe('an id is taken apart', () => {
  const declared =
    (...ids: string[]) =>
    (id: string): boolean =>
      ids.includes(id)

  test.each<[string, string, readonly string[], object]>([
    ['not without a reason', 'step12', [], { baseId: 'step12' }],
    ['at the last underscore', 'btn_1_20', [], { baseId: 'btn_1', index: 20 }],
    ['before as many digits as a loop has', 'btn_12345', [], { baseId: 'btn', index: 12345 }],
    ['before one digit rather than two', 'step12', ['step', 'step1'], { baseId: 'step1', index: 2 }],
    ['before two digits', 'step12', ['step'], { baseId: 'step', index: 12 }],
    ['before three digits', 'step120', ['step'], { baseId: 'step', index: 120 }],
    ['not before four digits', 'step1200', ['step'], { baseId: 'step1200' }],
    ['with the zero in front of it', 'step05', ['step'], { baseId: 'step', index: 5 }],
    ['not where the whole is known', 'btn_1', ['btn_1', 'btn'], { baseId: 'btn_1' }],
    ['by what is known, though that ends in a number', 'step2_1', ['step2'], { baseId: 'step2', index: 1 }],
    ['not into an underscore', 'btn_1', ['btn_'], { baseId: 'btn', index: 1 }],
    ['not into nothing', '12', [''], { baseId: '12' }],
    ['not where the number is within', 'a1b', ['a'], { baseId: 'a1b' }],
    ['not where letters follow', 'btn_1x', ['btn'], { baseId: 'btn_1x' }],
  ])('%s: %s, of %j', (_, id, known, expected) => {
    expect(takeApart(id, declared(...known))).toEqual({ id, ...expected })
  })
})

const id = fc.stringMatching(/^[a-zA-Z.~!_-]{1,20}[a-zA-Z]$/).filter(text => !/node|^sys_action_/i.test(text))
const wrapped = (own: string): fc.Arbitrary<ClickedParts> =>
  fc.oneof<fc.Arbitrary<ClickedParts>[]>(
    fc.constant({ actionIds: [NODE], params: { id: own, text: 'x' } }),
    fc.constant({ actionIds: [own], params: {} }),
    fc.nat(99).map(index => ({ actionIds: [`${own}_${index}`], params: {} })),
    fc.nat(99).map(index => ({ actionIds: [`${own}${index}`], params: { id: 'business' } })),
    fc.constant({ actionIds: [NODE], params: { text: 'label' } }),
  )

test('a button that is on the card is found in every way in which it can be clicked, and no other', () => {
  fc.assert(
    fc.property(
      id.chain(own => fc.tuple(fc.constant(own), wrapped(own), id)),
      ([own, click, other]) => {
        const labels = own === other ? { label: own } : { other, label: own }
        expect(clickedButton(click, { card: { labels } })?.baseId).toBe(own)
      },
    ),
  )
})

test('an id is compared as it is written', () => {
  fc.assert(
    fc.property(id, own => {
      const changed = own === own.toUpperCase() ? own.toLowerCase() : own.toUpperCase()
      if (changed === own) return
      const button = clickedButton({ actionIds: [], params: { id: changed } }, { card: { labels: { label: own } } })
      expect(button?.baseId).toBe(changed)
    }),
  )
})
