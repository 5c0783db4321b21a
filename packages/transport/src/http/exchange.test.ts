import { Agent, buildConnector } from 'undici'
import { expect, test } from 'vitest'
import { answeringJson, startWebServer } from '../testing/web-server.ts'
import { createDeferred } from '../utils/deferred.ts'
import { type Exchange, exchange } from './exchange.ts'

test('a request that was given up while its connection was made is not sent once it is made', async () => {
  await using server = await startWebServer(answeringJson({}))
  const [asked, allowed] = [createDeferred(), createDeferred()]
  const connect = buildConnector({})
  const dispatcher = new Agent({
    connections: 1,
    connect(target, callback) {
      asked.resolve()
      void allowed.promise.then(() => connect(target, callback))
    },
  })
  const controller = new AbortController()
  const request = (path: string, signal: AbortSignal): Exchange => ({
    url: new URL(path, server.url),
    method: 'GET',
    headers: {},
    body: null,
    dispatcher,
    signal,
    maxAnswer: 1_000,
  })
  const givenUp = expect(exchange(request('/given-up', controller.signal))).rejects.toBe('stopped')
  await asked.promise
  controller.abort('stopped')
  allowed.resolve()
  await givenUp
  await exchange(request('/next', new AbortController().signal))
  expect(server.requests.map(({ target }) => target)).toEqual(['/next'])
  await dispatcher.close()
})
