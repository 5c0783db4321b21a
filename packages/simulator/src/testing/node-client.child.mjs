// A bot by the official client, whose addresses are constants; run by register.test.ts with the shim loaded before it.
import { DWClient, TOPIC_ROBOT } from 'dingtalk-stream'

const client = new DWClient({ clientId: 'ding-simulator', clientSecret: 'simulator-secret' })
client.registerCallbackListener(TOPIC_ROBOT, async ({ headers, data }) => {
  client.socketCallBackResponse(headers.messageId, { success: true })
  const { sessionWebhook, text } = JSON.parse(data)
  const token = await client.getAccessToken()
  const viaFetch = await fetch('https://api.dingtalk.com/v1.0/contact/users/me', {
    headers: { 'x-acs-dingtalk-access-token': token },
  })
  await fetch(sessionWebhook, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ msgtype: 'text', text: { content: `${text.content} ${token.length} ${viaFetch.status}` } }),
  })
})
await client.connect()
