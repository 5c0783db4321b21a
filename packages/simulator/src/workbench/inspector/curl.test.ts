import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import type { HttpCall } from '../../http/calls.ts'
import { createIssuedSecrets } from '../../utils/issued-secrets.ts'
import { toCurl } from './curl.ts'
import { createMask } from './mask.ts'

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
  toCurl({ ...call, ...more }, 'http://127.0.0.1:1', createMask('s3cret', createIssuedSecrets()))

/** The arguments that a shell makes of a command. */
function argumentsOf(command: string): string[] {
  const script = `curl() { for it in "$@"; do printf '%s\\0' "$it"; done; }\n${command}`
  const env = { ACCESS_TOKEN: 'TOKEN', CLIENT_SECRET: 'SECRET', SESSION: 'SESSION', TICKET: 'TICKET', HOME: 'home' }
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

test('nothing in a call runs in the shell, and nothing that people say is taken for a secret', () => {
  const hostile = "'; touch /tmp/pwned; '$(id)`id`\"\n<ACCESS_TOKEN> use <B> and <MY_VAR>"
  expect(argumentsOf(write({ headers: {}, body: hostile })).at(-1)).toBe(hostile)
})

test('JSON is sent as it came, to the byte, but for its secrets', () => {
  const text = '{ "n": 12345678901234567890, "clientSecret":  "s3cret", "ticket": "t", "in": {"ticket": "t2"} }'
  const sent = argumentsOf(write({ headers: {}, body: JSON.parse(text), text })).at(-1)
  expect(sent).toBe(text.replace('s3cret', 'SECRET').replace('"t"', '"TICKET"'))
})

test('a file of an upload is named, with the fields beside it', () => {
  const body = [
    '--xx',
    'Content-Disposition: form-data; name="media"; filename="文件; a.png"',
    'Content-Type: image/png',
    '',
    '\uFFFDPNG\0',
    '--xx',
    'Content-Disposition: form-data; name="type"',
    '',
    '@image',
    '--xx--',
    '',
  ].join('\r\n')
  const headers = { 'content-type': 'multipart/form-data; boundary=xx' }
  expect(argumentsOf(write({ path: '/media/upload', headers, body })).slice(3)).toEqual([
    '-F',
    'media=@"文件; a.png"',
    '--form-string',
    'type=@image',
  ])
})

test('bytes that are no text are left to a file', () => {
  expect(argumentsOf(write({ headers: {}, body: 'a\0b' })).slice(3)).toEqual(['--data-binary', '@body'])
})
