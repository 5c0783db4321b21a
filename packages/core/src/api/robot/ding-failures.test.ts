import { expect, test } from 'vitest'
import { evidenceNamed } from '../../../fixtures/evidence.ts'
import { recordOf } from '../../updates/lenient/lenient.ts'
import { failuresOf } from './ding-failures.ts'

const USERS = ['user01', 'user02', 'user03']
const both = { user01: '未激活', user02: '未激活' }

test.each<[what: string, failedList: unknown, expected: object]>([
  ['reasons with ids', { 未激活: ['user01', 'user02'] }, both],
  ['ids with reasons', { user01: '未激活', user02: '未激活' }, both],
  ['ids with lists of reasons', { user01: ['未激活'], user02: ['未激活'] }, both],
  ['reasons with one id each', { 未激活: 'user01', 已离职: 'user03' }, { user01: '未激活', user03: '已离职' }],
  ['reasons with objects', { 未激活: [{ userId: 'user01' }, { userId: 'user02' }] }, both],
  ['ids that nobody asked for', { 未激活: ['user01', 'stranger'], stranger: 'x' }, { user01: '未激活' }],
  ['a list', ['user01'], { user01: '' }],
  ['JSON text', '{"未激活":["user01","user02"]}', both],
  ['reasons with joined ids', { 未激活: 'user01, user02' }, both],
  ['joined ids', 'user01，user03', { user01: '', user03: '' }],
  ['a list of reasons', [{ 未激活: ['user01'] }, { 已离职: ['user03'] }], { user01: '未激活', user03: '已离职' }],
  ['a list of ids with reasons', [{ user01: '未激活' }, { user02: '未激活' }], both],
  ['a list of objects', [{ userId: 'user01' }, null, 'user02'], { user01: '', user02: '' }],
  ['a list of objects with reasons', [{ userId: 'user01', reason: '未激活' }], { user01: '未激活' }],
  ['nothing', {}, {}],
  ['null', null, {}],
  ['no list at all', undefined, {}],
  ['a number', 7, {}],
])('failedList that is %s', (_what, failedList, expected) => {
  expect(Object.fromEntries(failuresOf(failedList, USERS))).toEqual(expected)
})

test('failedList of the page is that of reasons', () => {
  const answer = recordOf(evidenceNamed('api', 'ding-failed-list').answer)
  const failures = failuresOf(recordOf(answer?.body)?.failedList, USERS)
  expect(Object.fromEntries(failures)).toEqual({ user01: '错误原因', user02: '错误原因' })
})

test('failedList may have ids as numbers', () => {
  expect(Object.fromEntries(failuresOf({ 未激活: [4711] }, ['4711']))).toEqual({ 4711: '未激活' })
})
