import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { manualClock } from '../clock/clock.ts'
import { createSimulator } from '../simulator.ts'
import { address, connect, handshake, open } from '../testing/client.ts'

const topic = '/v1.0/im/bot/messages/get'

describe('on connections', () => {
  test('drop: a close frame, and the end', async () => {
    await using sim = await createSimulator()
    const clients = [await connect(sim), await connect(sim)]
    await sim.connected(2)
    expect(sim.faults.drop()).toBe(2)
    for (const client of clients) expect((await client.closed).code).toBe(1001)
    await sim.until(() => sim.connections.length === 0)
  })

  test('drop strikes the one that is named, with the code that is given', async () => {
    await using sim = await createSimulator()
    const [one, other] = [await connect(sim), await connect(sim)]
    await sim.connected(2)
    const [victim] = sim.connections
    expect(sim.faults.drop({ connectionId: victim?.id ?? '', code: 1011 })).toBe(1)
    expect((await Promise.race([one.closed, other.closed])).code).toBe(1011)
    await sim.until(() => sim.connections.length === 1)
    expect(sim.connections[0]?.id).not.toBe(victim?.id)
  })

  test('reset: the TCP connection breaks', async () => {
    await using sim = await createSimulator()
    const socket = new WebSocket(await address(sim))
    const error = new Promise(resolve => socket.once('upgrade', ({ socket: tcp }) => tcp.once('error', resolve)))
    const code = new Promise(resolve => socket.once('close', resolve))
    await Promise.all([sim.connected(), new Promise(resolve => socket.once('open', resolve))])
    sim.faults.reset()
    expect(await error).toMatchObject({ code: 'ECONNRESET' })
    expect(await code).toBe(1006)
  })

  test('half-open: the connection stays, and nothing comes any more', async () => {
    const clock = manualClock()
    await using sim = await createSimulator({ clock })
    const client = await connect(sim)
    let pongs = 0
    client.socket.on('pong', () => {
      pongs += 1
    })
    await sim.connected()
    sim.faults.halfOpen()
    client.socket.ping()
    clock.advance(60_000)
    expect((await sim.user('Alice').say('hi')).delivery.delivered).toBe(false)

    // A new connection works, and by the time it has heard something the old one would have too.
    const next = await connect(sim)
    await sim.connected()
    expect((await sim.user('Alice').say('hi')).delivery.delivered).toBe(true)
    await next.next(topic)
    expect({ pongs, frames: client.frames, state: client.socket.readyState }).toEqual({
      pongs: 0,
      frames: [],
      state: WebSocket.OPEN,
    })
    expect(sim.connections.map(({ state }) => state)).toEqual(['silent', 'open'])
    client.socket.terminate()
    await sim.until(() => sim.connections.length === 1)
  })

  test('disconnect: no more pushes, acks still count, and the end after its time', async () => {
    const clock = manualClock()
    await using sim = await createSimulator({ clock, firstPing: 60_000, pushTimeout: 60_000 })
    const client = await connect(sim)
    const said = await sim.user('Alice').say('before')
    sim.faults.disconnect({ closeAfter: 10_000 })
    expect((await client.next('disconnect')).data).toBe('{"reason":"persistent connection is timeout"}')
    expect((await sim.user('Alice').say('after')).delivery.delivered).toBe(false)
    clock.advance(9_999)
    client.ack(await client.next(topic))
    expect(await said.ack).toMatchObject({ status: 'acked' })
    expect(sim.connections).toMatchObject([{ state: 'draining' }])
    clock.advance(1)
    await client.closed
    expect(sim.violations).toEqual([])
  })

  test('rotate: the same with the usual 10 s, and a newer connection takes over', async () => {
    const clock = manualClock()
    await using sim = await createSimulator({ clock })
    const old = await connect(sim)
    await sim.connected()
    sim.rotate()
    await old.next('disconnect')
    const fresh = await connect(sim)
    await sim.connected()
    await sim.user('Alice').say('hi')
    await fresh.next(topic)
    clock.advance(10_000)
    await old.closed
    expect(fresh.socket.readyState).toBe(WebSocket.OPEN)
  })

  test('garbage: text and bytes as they are', async () => {
    await using sim = await createSimulator()
    const socket = new WebSocket(await address(sim))
    const heard: [string, boolean][] = []
    const both = new Promise<void>(resolve => {
      socket.on('message', (data, binary) => {
        heard.push([String(data), binary])
        if (heard.length === 2) resolve()
      })
    })
    await sim.connected()
    sim.faults.garbage('{"type":')
    sim.faults.garbage(Buffer.from('bytes'))
    await both
    expect(heard).toEqual([
      ['{"type":', false],
      ['bytes', true],
    ])
  })
})

describe('on the gateway', () => {
  test.each([
    [{ status: 503 }, 503, ''],
    [
      { status: 401, body: { code: 'authFailed', message: '鉴权失败' } },
      401,
      '{"code":"authFailed","message":"鉴权失败"}',
    ],
    [{ status: 400, body: '<html>tengine</html>' }, 400, '<html>tengine</html>'],
    [{ status: 200, body: 'no json', contentType: 'application/json' }, 200, 'no json'],
  ])('%j', async (fault, status, text) => {
    await using sim = await createSimulator()
    sim.faults.gateway.answer(fault)
    const response = await open(sim)
    expect(response.status).toBe(status)
    expect(await response.text()).toBe(text)
    expect((await open(sim)).status).toBe(200)
  })

  test('as many times as it is told, one fault after the other', async () => {
    await using sim = await createSimulator()
    sim.faults.gateway.answer({ status: 503, times: 2 })
    sim.faults.gateway.answer({ status: 429 })
    const statuses = [await open(sim), await open(sim), await open(sim), await open(sim)].map(({ status }) => status)
    expect(statuses).toEqual([503, 503, 429, 200])
  })

  test('late, and never', async () => {
    const clock = manualClock()
    const sim = await createSimulator({ clock })
    sim.faults.gateway.answer({ delay: 5_000 })
    let answered = false
    const late = open(sim).then(response => {
      answered = true
      return response.status
    })
    // The first call waits on the clock by the time the second one is answered.
    expect((await open(sim)).status).toBe(200)
    expect(answered).toBe(false)
    clock.advance(5_000)
    expect(await late).toBe(200)

    sim.faults.gateway.answer({ delay: Infinity })
    const never = open(sim).then(
      ({ status }) => status,
      () => 'cut off',
    )
    expect((await open(sim)).status).toBe(200)
    await sim.close()
    expect(await never).not.toBe(200)
  })

  test('clear disarms', async () => {
    await using sim = await createSimulator()
    sim.faults.gateway.answer({ status: 503 })
    sim.faults.handshake({ refuse: 500 })
    sim.faults.acceptThenDrop()
    sim.faults.clear()
    expect(await handshake(await address(sim))).toBe('open')
  })
})

describe('on the handshake', () => {
  test('refuse', async () => {
    await using sim = await createSimulator()
    const url = await address(sim)
    sim.faults.handshake({ refuse: 503, times: 2 })
    expect(await handshake(url)).toBe('Unexpected server response: 503')
    expect(await handshake(url)).toBe('Unexpected server response: 503')
    expect(await handshake(url)).toBe('open')
  })

  test('delay', async () => {
    const clock = manualClock()
    await using sim = await createSimulator({ clock })
    sim.faults.handshake({ delay: 8_000 })
    const slow = handshake(await address(sim))
    expect(await handshake(await address(sim))).toBe('open')
    await sim.until(() => sim.connections.length === 0)
    clock.advance(8_000)
    expect(await slow).toBe('open')
  })

  test('accept, then drop', async () => {
    await using sim = await createSimulator()
    sim.faults.acceptThenDrop({ times: 2 })
    for (const code of [1001, 1001]) expect((await (await connect(sim)).closed).code).toBe(code)
    const client = await connect(sim)
    await sim.connected()
    expect(client.socket.readyState).toBe(WebSocket.OPEN)
  })
})
