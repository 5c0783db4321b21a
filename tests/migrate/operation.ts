import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { version } from '@dingware/transport'
import { expect, vi } from 'vitest'
import { createCertificate } from '../../packages/transport/src/testing/certificate.ts'
import { startProxy } from '../../packages/transport/src/testing/proxy.ts'
import { startTlsServer } from '../../packages/transport/src/testing/tls-server.ts'
import { answers } from './connecting.ts'
import { callsOf, type Scenarios } from './stage.ts'

export const operation: Scenarios = {
  '34': [
    async stage => {
      const certificate = await createCertificate('localhost')
      await using tls = await startTlsServer(certificate, Number(new URL(stage.sim.url).port))
      await using proxy = await startProxy()
      const folder = await mkdtemp(`${tmpdir()}/dingware-`)
      try {
        await writeFile(`${folder}/ca.pem`, certificate.cert)
        vi.stubEnv('COMPANY_CA', `${folder}/ca.pem`)
        vi.stubEnv('COMPANY_PROXY', proxy.url)
        vi.stubEnv('DINGTALK_OPENAPI_ENDPOINT', `https://localhost:${tls.port}`)
        const { start } = stage
        await answers('through the proxy')(stage)
        const { bot } = await start()
        await bot.stop()
      } finally {
        await rm(folder, { recursive: true })
      }
      const socket = new URL(stage.sim.url).host
      expect(proxy.targets).toEqual(expect.arrayContaining([`localhost:${tls.port}`, socket]))
    },
  ],
  '35': [
    async ({ sim, start }) => {
      const log = vi.spyOn(console, 'log').mockImplementation(() => {})
      await start()
      await sim.user('Alice').say('hi')
      const fields = expect.objectContaining({ dingware: version })
      await vi.waitFor(() => expect(log).toHaveBeenCalledWith('A message came', fields))
      expect(callsOf(sim, '/v1.0/gateway/connections/open')).toMatchObject([{ body: { ua: 'my-bot/1.0' } }])
    },
  ],
  '36': [
    async ({ sim, start }) => {
      const { bot } = await start()
      const alice = sim.user('Alice')
      const { payload } = await alice.say('one')
      await sim.expectReply('once: one')
      await vi.waitFor(() => expect(bot.stats()).toMatchObject({ running: 0 }))
      const topic = '/v1.0/im/bot/messages/get'
      const again = await sim.push({ type: 'CALLBACK', topic, data: payload })
      expect(await again.ack).toMatchObject({ code: 200 })
      await alice.say('two')
      await sim.expectReply('once: two')
      expect(sim.messages.filter(({ from }) => from.kind === 'bot')).toHaveLength(2)
    },
  ],
}
