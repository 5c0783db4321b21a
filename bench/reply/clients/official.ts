import axios from 'axios'
import { DWClient, type RobotMessage } from 'dingtalk-stream'
import { ROBOT_TOPIC } from '../../transport/message.ts'

/** `dingtalk-stream` and axios, as the official example has it. The gateway's address is a constant, so it is replaced. */
export async function startOfficial(url: string): Promise<void> {
  console.info = () => {}
  const client = new DWClient({ clientId: 'dingbench', clientSecret: 'not-a-secret' })
  const getEndpoint = async (): Promise<DWClient> => {
    const { data } = await axios.post(`${url}/v1.0/gateway/connections/open`)
    return Object.assign(client, { dw_url: `${data.endpoint}?ticket=${data.ticket}` })
  }
  Object.assign(client, { getEndpoint })
  client.registerCallbackListener(ROBOT_TOPIC, async frame => {
    client.socketCallBackResponse(frame.headers.messageId, null)
    const { text, sessionWebhook }: RobotMessage = JSON.parse(frame.data)
    const data = { msgtype: 'text', text: { content: text.content.trim() } }
    const answer = await axios({ url: sessionWebhook, method: 'POST', responseType: 'json', data })
    if (answer.data.errcode !== 0) throw new Error('The reply was refused.')
  })
  await client.connect()
}
