import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ButtonKnowledge, type ClickedParts, clickedButton, takeApart } from './clicked-button.ts'
import type { KnownCard } from './known-card.ts'

const NODE = 'single_button_node_ocm3k8x2vq1'
const card: KnownCard = {
  buttons: { 'approve~4f9k0': { orderId: '42' } },
  labels: { 同意: 'approve~4f9k0', 拒绝: 'reject', 都行: null },
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
    ['the label, with no id at all', [], { text: '拒绝' }, 'reject'],
    ['nothing, where two buttons say the same', [NODE], { text: '都行' }, undefined],
    ['nothing, where nobody says that', [NODE], { text: '别的' }, undefined],
    ['nothing, by a label that objects have', [NODE], { text: 'constructor' }, undefined],
    ['nothing, by a node alone', [NODE], {}, undefined],
    ['nothing, by the node of another kind of button', ['btn_node_a1b2c3d4'], {}, undefined],
    ['nothing, by a thumb', ['sys_action_like_component'], { id: 'x', text: '拒绝' }, undefined],
    ['nothing, by sharing', ['sys_action_ai_card_share'], {}, undefined],
    ['a component that a designer called a node', ['my_node_settings'], {}, 'my_node_settings'],
    ['empty ids are none', [NODE], { id: '', action: '', text: '拒绝' }, 'reject'],
  ])('%s', (_, actionIds, params, expected) => {
    expect(meant(actionIds, params)).toBe(expected)
  })

  test('nothing is known of the card: the id tells, the label does not', () => {
    expect(meant([NODE], { id: 'agree', text: 'Approve' }, {})).toBe('agree')
    expect(meant([NODE], { text: 'Approve' }, {})).toBeUndefined()
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
