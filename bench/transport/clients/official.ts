import { setTimeout as sleep } from 'node:timers/promises'
import { DWClient } from 'dingtalk-stream'
import { ROBOT_TOPIC } from '../message.ts'
import { type Client, readText } from './client.ts'
import { openTicket } from './ticket.ts'

/** `dingtalk-stream` as its readme uses it. Its gateway's address is a constant, so that step alone is replaced. */
export async function openOfficial(url: string): Promise<Client> {
  silenceConsole()
  const client = new DWClient({ clientId: 'dingbench', clientSecret: 'not-a-secret' })
  const getEndpoint = async (): Promise<DWClient> => Object.assign(client, { dw_url: await openTicket(url) })
  Object.assign(client, { getEndpoint })
  client.registerCallbackListener(ROBOT_TOPIC, frame => {
    readText(JSON.parse(frame.data))
    client.socketCallBackResponse(frame.headers.messageId, null)
  })
  await client.connect()
  return {
    async close() {
      client.disconnect()
      while (client.connected) await sleep(1)
    },
  }
}

/** It logs each connect and disconnect. */
function silenceConsole(): void {
  console.info = () => {}
  console.warn = () => {}
}
