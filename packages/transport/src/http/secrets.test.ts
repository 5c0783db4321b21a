import { inspect } from 'node:util'
import fc from 'fast-check'
import { MockAgent } from 'undici'
import { afterAll, describe, expect, test } from 'vitest'
import { createNetwork } from '../network/network.ts'
import { startProxy } from '../testing/proxy.ts'
import { findClosedPort, startTcpServer } from '../testing/tcp-server.ts'
import { type Answerer, startWebServer } from '../testing/web-server.ts'
import { createHttpClient, type HttpClient } from './http.ts'
import { secretsOf } from './secrets.ts'

/** Values that appear in what is sent, none of which may appear in what is printed. */
const SECRETS = {
  token: 'T0kenT0kenT0ken',
  appSecret: 'app+secret/with=strange&chars%"\\',
  clientSecret: 'cl1entSecretValue',
  session: 'sess10n-of-a-webhook',
}

const network = createNetwork()
const http = createHttpClient({ network, timeout: 150, maxAnswer: 100_000 })

afterAll(() => network.close())

/** A call with a secret in each place that can hold one, to a server that repeats them. */
async function failureOf(url: string, secrets: typeof SECRETS, client: HttpClient = http): Promise<unknown> {
  const { token, session, ...json } = secrets
  return client
    .request({
      method: 'POST',
      url: `${url}/robot/send`,
      query: { session, access_token: token },
      headers: { 'x-acs-dingtalk-access-token': token },
      json,
    })
    .then(
      answer => expect.unreachable(`answered with ${answer.status}`),
      error => error,
    )
}

/** All that a program may print of an error. */
function printsOf(error: unknown): string {
  const prints = [
    String(error),
    JSON.stringify(error),
    inspect(error, { depth: 9 }),
    inspect(error, { depth: 9, showHidden: true }),
    inspect(error, { depth: 9, customInspect: false }),
  ]
  if (!(error instanceof Error)) return prints.join('\n')
  return [...prints, error.message, error.stack, JSON.stringify({ ...error }), printsOf(error.cause)].join('\n')
}

function expectSilence(error: unknown, secrets: typeof SECRETS): void {
  expect(error).toBeInstanceOf(Error)
  const prints = printsOf(error)
  for (const secret of Object.values(secrets)) {
    expect(prints).not.toContain(secret)
    expect(prints).not.toContain(encodeURIComponent(secret))
    expect(prints).not.toContain(JSON.stringify(secret).slice(1, -1))
  }
}

function echoing(shape: (echo: string) => unknown, status = 400): Answerer {
  return (response, { target, headers, body }) => {
    const token = headers['x-acs-dingtalk-access-token']
    const answer = shape(`got ${token} in ${target} with ${body}`)
    response.writeHead(status, { location: `http://other.test${target}` })
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer))
  }
}

describe('no secret is in what is printed of the error', () => {
  test.each<[what: string, answer: Answerer]>([
    ['of the v1.0 API', echoing(echo => ({ code: echo, message: echo, requestid: echo }))],
    ['that names permissions', echoing(echo => ({ code: 'x', accessdenieddetail: { requiredScopes: [echo] } }), 403)],
    ['of the old API', echoing(echo => ({ errcode: 40014, errmsg: echo, sub_code: echo, sub_msg: echo }), 200)],
    ['in HTML', echoing(echo => `<html><b>${echo}</b></html>`, 502)],
    ['in plain text', echoing(echo => echo, 500)],
    ['of a redirect', echoing(() => '', 302)],
    ['of an answer that is too large', echoing(echo => echo.repeat(1_000))],
    ['of a limit of time', () => {}],
  ])('%s', async (_what, answer) => {
    await using server = await startWebServer(answer)
    expectSilence(await failureOf(server.url, SECRETS), SECRETS)
  })

  test('of an answer that is no HTTP', async () => {
    await using server = await startTcpServer(socket => socket.once('data', data => socket.end(data)))
    expectSilence(await failureOf(`http://127.0.0.1:${server.port}`, SECRETS), SECRETS)
  })

  test('of an answer whose body is garbled', async () => {
    const head = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'
    await using server = await startTcpServer(socket => socket.once('data', data => socket.end(`${head}${data}`)))
    expectSilence(await failureOf(`http://127.0.0.1:${server.port}`, SECRETS), SECRETS)
  })

  test('of a connection that is refused', async () => {
    expectSilence(await failureOf(`http://127.0.0.1:${await findClosedPort()}`, SECRETS), SECRETS)
  })

  test('of a library that tells what it sent', async () => {
    const library = new MockAgent()
    library.disableNetConnect()
    const problem = new Error(`could not send ${Object.values(SECRETS).join(' and ')}`)
    library
      .get('http://api.dingtalk.test')
      .intercept({ path: () => true, method: 'POST' })
      .replyWithError(problem)
    const client = createHttpClient({ network: { ...network, dispatcherFor: async () => library } })
    expectSilence(await failureOf('http://api.dingtalk.test', SECRETS, client), SECRETS)
  })

  test('of a header that cannot be sent', async () => {
    const secrets = { ...SECRETS, token: 'token\nwith a line break' }
    expectSilence(await failureOf('http://127.0.0.1:1', secrets), secrets)
  })

  test.each(['127.0.0.1', 'http://user:password@127.0.0.1', 'ftp://127.0.0.1'])('of the address %s', async url => {
    const secrets = { ...SECRETS, password: 'user:password' }
    // Under a name that does not tell it is a secret.
    const webhook = `${url}/robot?code=${SECRETS.session}`
    const error = await http.request({ method: 'GET', url: webhook }).catch(error => error)
    expectSilence(error, secrets)
  })

  test.each([407, 403])('of a proxy that answers %i', async status => {
    await using proxy = await startProxy({ onConnect: socket => socket.end(`HTTP/1.1 ${status} No\r\n\r\n`) })
    const behind = createNetwork({ proxy: proxy.url.replace('://', '://user:pr0xyPassw0rd@') })
    const secrets = { ...SECRETS, proxy: 'pr0xyPassw0rd' }
    expectSilence(await failureOf('http://api.dingtalk.test', secrets, createHttpClient({ network: behind })), secrets)
    await behind.close()
  })
})

test('no secret of any form is printed, whatever the server makes of it', async () => {
  const secret = fc.string({ minLength: 8, maxLength: 40 }).filter(text => /^[!-~]+$/.test(text))
  await using server = await startWebServer(echoing(echo => ({ code: 'x', message: echo })))
  await fc.assert(
    fc.asyncProperty(
      fc.record({ token: secret, appSecret: secret, clientSecret: secret, session: secret }),
      async secrets => {
        expectSilence(await failureOf(server.url, secrets), secrets)
      },
    ),
    { numRuns: 50 },
  )
})

test('secretsOf finds what goes under a secret name, in the query, the headers and the body', () => {
  const url = new URL('https://oapi.dingtalk.com/robot?session=a+b&type=image&access_token=t')
  const headers = { authorization: 'Bearer x', 'content-type': 'application/json' }
  const json = { appKey: 'key', appSecret: 'q"', nested: { token: 'not looked at' }, refreshToken: 7 }
  expect(secretsOf(url, headers, json)).toEqual(['a b', 'a+b', 't', 'Bearer x', 'Bearer+x', 'q"', 'q%22', 'q\\"'])
})
