import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import type { HttpCall } from '../http/calls.ts'
import { toCurl } from './curl.ts'
import { createMask } from './secrets.ts'

const call: HttpCall = {
  at: 0,
  method: 'POST',
  path: '/v1.0/robot/groupMessages/send',
  query: {},
  headers: {
    host: 'h',
    'content-type': 'application/json',
    'x-acs-dingtalk-access-token': 'abc',
    'content-length': '9',
  },
  body: { msgParam: '{"content":"it\'s $HOME `id` <b>"}', clientSecret: 's3cret' },
  status: 200,
  answer: {},
  duration: 1,
}

const write = (more: Partial<HttpCall> = {}) =>
  toCurl({ ...call, ...more }, 'http://127.0.0.1:1', createMask(['s3cret']))

/** The arguments that a shell makes of a command. */
function argumentsOf(command: string): string[] {
  const script = `curl() { for it in "$@"; do printf '%s\\0' "$it"; done; }\n${command}`
  const env = { ACCESS_TOKEN: 'TOKEN', CLIENT_SECRET: 'SECRET', SESSION: 'SESSION', HOME: 'home' }
  return execFileSync('sh', ['-c', script], { env }).toString().split('\0').slice(0, -1)
}

test('a shell makes of it the call that it was, with its own secrets', () => {
  const { msgParam } = Object(call.body)
  expect(argumentsOf(write())).toEqual([
    '-X',
    'POST',
    'http://127.0.0.1:1/v1.0/robot/groupMessages/send',
    '-H',
    'content-type: application/json',
    '-H',
    'x-acs-dingtalk-access-token: TOKEN',
    '--data-raw',
    JSON.stringify({ msgParam, clientSecret: 'SECRET' }),
  ])
})

test('secrets in the address are variables too', () => {
  const command = write({ path: '/robot/sendBySession', query: { session: 'abc', a: 'b c' }, headers: {}, body: '' })
  expect(command).not.toContain('abc')
  expect(argumentsOf(command)).toEqual(['-X', 'POST', 'http://127.0.0.1:1/robot/sendBySession?session=SESSION&a=b%20c'])
})

test('nothing in a call runs in the shell', () => {
  const hostile = "'; touch /tmp/pwned; '$(id)`id`\"\n<ACCESS_TOKEN>"
  expect(argumentsOf(write({ headers: {}, body: hostile })).at(-1)).toBe(hostile.replace('<ACCESS_TOKEN>', 'TOKEN'))
})
