import { expect, test } from 'vitest'
import { checkOptions } from './check-options.ts'
import { type Rules, rule } from './rules.ts'

interface Options {
  readonly size?: number
  readonly maxWaiting?: number
  readonly clientId?: string
  readonly mode?: 'early' | 'late'
  readonly retry?: false | { readonly base?: number }
  readonly log?: object
  readonly onEnd?: () => void
}

const rules: Rules<Options> = {
  size: rule.count(1, 9),
  maxWaiting: rule.limit(0),
  clientId: rule.text,
  mode: rule.oneOf('early', 'late'),
  retry: rule.orFalse(rule.group({ base: rule.timer(0) })),
  log: rule.methods('info', 'warn'),
  onEnd: rule.callback,
}

/** As from JavaScript. */
const check = (options: unknown) => () => checkOptions<Options>('createIt', options as Options, rules)

test.each([
  [{}],
  [{ size: 9, maxWaiting: Number.POSITIVE_INFINITY, clientId: undefined, mode: 'late', retry: false }],
  [{ retry: { base: 2 }, log: console, onEnd() {} }],
  // What another part of a program keeps beside them.
  [{ stranger: 1, id: 2, user: 3 }],
])('%j is fine', options => {
  expect(check(options)).not.toThrow()
})

test.each([
  [{ size: Number.NaN }, '`size` is NaN, but it has to be a whole number from 1 to 9'],
  [{ size: 10 }, '`size` is 10'],
  [{ size: '5' }, '`size` is "5"'],
  [{ size: null }, '`size` is null'],
  [{ maxWaiting: 1.5 }, '`maxWaiting` is 1.5, but it has to be a whole number, at least 0, or Infinity'],
  [{ mode: 'soon' }, '`mode` is "soon", but it has to be "early" or "late"'],
  [{ retry: { base: -1 } }, '`retry.base` is -1'],
  [{ log: { info() {} } }, '`log` is an object, but it has to be an object with the methods info, warn'],
  [{ onEnd: 'x'.repeat(99) }, '`onEnd` is a string, but it has to be a function'],
])('%j is refused', (options, message) => {
  expect(check(options)).toThrow(TypeError)
  expect(check(options)).toThrow(`createIt(): ${message}`)
})

test.each([
  [{ clientID: 'x' }, '`clientID`', '`clientId`'],
  [{ maxWating: 1 }, '`maxWating`', '`maxWaiting`'],
  [{ sizes: 1 }, '`sizes`', '`size`'],
  [{ retry: { bse: 1 } }, '`retry.bse`', '`retry.base`'],
])('of %j the option that was meant is named', (options, given, meant) => {
  expect(check(options)).toThrow(TypeError)
  expect(check(options)).toThrow(new RegExp(`there is no option ${given}.*You mean ${meant}`))
})

test.each([
  ['an-id', 'a string'],
  [7, 'a number'],
  [() => {}, 'a function'],
  [null, 'null'],
])('%j in place of options is refused', (options, kind) => {
  expect(check(options)).toThrow(`createIt() takes one object of options, not ${kind}. Write createIt({ … }).`)
})
