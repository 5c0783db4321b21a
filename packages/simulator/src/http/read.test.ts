import { request } from 'node:http'
import { expect, test } from 'vitest'
import { createSimulator } from '../simulator.ts'

/** Sends a body in pieces, and thus without saying how long it is. */
function sendInPieces(url: string, pieces: readonly (string | Uint8Array)[]): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method: 'POST', headers: { 'content-type': 'application/json' } }, response => {
      resolve(response.statusCode)
      response.resume()
    })
    call.once('error', reject)
    for (const piece of pieces) call.write(piece)
    call.end()
  })
}

test('a body in chunks is read like any other', async () => {
  await using sim = await createSimulator()
  const { clientId, clientSecret } = sim
  const pieces = [`{"appKey":"${clientId}",`, `"appSecret":"${clientSecret}"}`]
  expect(await sendInPieces(`${sim.url}/v1.0/oauth2/accessToken`, pieces)).toBe(200)
})

test.each(['said', 'shown on the way'])('a body that is too large is not read; its size is %s', async how => {
  await using sim = await createSimulator()
  const bytes = new Uint8Array(26 * 1024 * 1024)
  const url = `${sim.url}/v1.0/oauth2/accessToken`
  const status =
    how === 'said' ? (await fetch(url, { method: 'POST', body: bytes })).status : await sendInPieces(url, [bytes])
  expect(status).toBe(413)
  expect(sim.calls).toEqual([])
})
