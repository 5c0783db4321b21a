import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { post } from '../testing/client.ts'
import { postSecurely } from '../testing/secure.ts'
import { parseFault } from './fault.ts'
import { parseCli } from './options.ts'
import { runCli } from './run.ts'

/** Runs the command until `use` has done with it. */
async function running(args: readonly string[], use: (url: string, text: string) => Promise<void>) {
  const stop = new AbortController()
  let error = ''
  let printed = (_: string) => {}
  const text = new Promise<string>(resolve => {
    printed = resolve
  })
  const code = runCli(['--port', '0', ...args], {
    out: printed,
    error: it => {
      error += it
      printed(it)
    },
    signal: stop.signal,
  })
  const out = await text
  const url = /https?:\/\/[\d.]+:\d+/.exec(out)?.[0] ?? ''
  if (url) await use(url, out)
  stop.abort()
  return { code: await code, error }
}

test('prints where it is and how to point a bot at it, and stops when told', async () => {
  let seen = ''
  const { code } = await running(['--app-id', 'ding-mine', '--secret', 's'], async (url, text) => {
    seen = text
    const body = { appKey: 'ding-mine', appSecret: 's' }
    expect((await post(`${url}/v1.0/oauth2/accessToken`, body)).status).toBe(200)
  })
  expect(code).toBe(0)
  for (const part of [
    'DINGTALK_OPENAPI_ENDPOINT=http://127.0.0.1:',
    'DINGTALK_OAPI_ENDPOINT=',
    '--import @dingware/simulator/register',
    'WithOpenApiHost(',
    'upload_to_dingtalk() does not follow',
    'start this with --tls',
    'It is no DingTalk',
  ]) {
    expect(seen).toContain(part)
  }
})

test('--tls speaks TLS, keeps its certificate, and tells how Java, Python, Go and Node trust it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dingware-tls-'))
  const certificate = join(folder, 'cert.pem')
  const seen: string[] = []
  for (let start = 0; start < 2; start += 1) {
    await running(['--tls', '--tls-folder', folder], async (url, text) => {
      const ca = await readFile(certificate, 'utf8')
      seen.push(ca)
      const body = { clientId: 'ding-simulator', clientSecret: 'simulator-secret', subscriptions: [] }
      const { body: answer } = await postSecurely(`${url}/v1.0/gateway/connections/open`, body, { ca })
      expect(answer).toMatchObject({ endpoint: `${url.replace('https', 'wss')}/connect` })
      for (const part of [
        `keytool -importcert -noprompt -alias dingware-simulator -file ${certificate}`,
        '-Djavax.net.ssl.trustStore=',
        `host.set(builder, "${url}")`,
        `NODE_EXTRA_CA_CERTS=${certificate}`,
        `SSL_CERT_FILE=${certificate} REQUESTS_CA_BUNDLE=${certificate}`,
      ]) {
        expect(text).toContain(part)
      }
    })
  }
  expect(seen).toHaveLength(2)
  expect(seen[1]).toBe(seen[0])
  await rm(folder, { recursive: true })
})

test('faults strike from the start, and quotas hold', async () => {
  const faults = ['--faults', 'serverError,path=/v1.0/oauth2/*,status=502', '--api-quota', '0']
  await running(faults, async url => {
    const ask = () =>
      post(`${url}/v1.0/oauth2/accessToken`, { appKey: 'ding-simulator', appSecret: 'simulator-secret' })
    expect((await ask()).status).toBe(502)
    const headers = { 'x-acs-dingtalk-access-token': String(Object((await ask()).body).accessToken) }
    const answer = await post(`${url}/v1.0/robot/plugins/query`, { robotCode: 'ding-simulator' }, headers)
    expect(answer).toMatchObject({ status: 403, body: { code: 'Forbidden.AccessDenied.ApiCountLimitForOrg' } })
  })
})

test('--record writes every frame and call, for its owner only', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dingware-record-'))
  const file = join(folder, 'record.jsonl')
  await running(['--record', file], async url => {
    await post(`${url}/v1.0/oauth2/accessToken`, { appKey: 'a', appSecret: 'b' })
  })
  const lines = (await readFile(file, 'utf8')).trim().split('\n')
  expect(lines.map(line => JSON.parse(line))).toMatchObject([
    { type: 'call', path: '/v1.0/oauth2/accessToken', body: { appKey: 'a' }, status: 400 },
  ])
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  await rm(folder, { recursive: true })
})

describe('what goes wrong is said', () => {
  test.each<[string, string[], string]>([
    ['an unknown option', ['--nope'], '--nope'],
    ['a folder for TLS without TLS', ['--tls-folder', '/tmp'], '--tls-folder says nothing without --tls'],
    ['a port that is none', ['--port', '70000'], '--port 70000 is no number from 0 to 65535'],
    ['an unknown fault', ['--faults', 'flood'], 'there is no fault flood. There are slow, qps'],
    ['an unknown setting of a fault', ['--faults', 'qps,often=3'], 'often=3 is none of'],
    ['a setting without a value', ['--faults', 'qps,times=x'], 'times=x is none of'],
  ])('%s: exit code 2', async (_, args, problem) => {
    const { code, error } = await running(args, async () => {})
    expect(code).toBe(2)
    expect(error).toContain(problem)
  })

  test('a record that cannot be written: exit code 1', async () => {
    const { code, error } = await running(['--record', '/nowhere/at/all'], async () => {})
    expect(code).toBe(1)
    expect(error).toContain('/nowhere/at/all')
  })

  test('a certificate that cannot be kept: exit code 1', async () => {
    const { code, error } = await running(['--tls', '--tls-folder', '/dev/null/x'], async () => {})
    expect(code).toBe(1)
    expect(error).toContain('/dev/null/x')
  })

  test('--help', async () => {
    let text = ''
    const out = (it: string) => {
      text += it
    }
    expect(await runCli(['-h'], { out, error: out, signal: new AbortController().signal })).toBe(0)
    expect(text).toContain('--record FILE')
  })
})

test('faults on the command line are those of sim.faults', () => {
  expect(parseFault('qps,path=/v1.0/card/*,probability=0.1')).toEqual({
    kind: 'api',
    fault: { fault: 'qps', path: '/v1.0/card/*', probability: 0.1 },
  })
  expect(parseFault('cut,applied,method=PUT')).toEqual({
    kind: 'api',
    fault: { fault: 'cut', applied: true, method: 'PUT' },
  })
  expect(parseFault('slow,times=2')).toEqual({ kind: 'api', fault: { delay: 1_000, times: 2 } })
  expect(parseFault('duplicate,topic=*')).toEqual({ kind: 'push', fault: { fault: 'duplicate', topic: '*' } })
  expect(parseCli([])).toMatchObject({ kind: 'start', options: { port: 7788 } })
})
