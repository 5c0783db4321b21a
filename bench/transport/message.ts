/** What a robot receives when somebody in a group writes to it; the shape of the wire, all ids invented. */
export interface RobotMessage {
  readonly msgId: string
  readonly text: { readonly content: string }
}

/** Frames in flight where speed is measured: sent, and not yet answered. */
export const WINDOW = 64

export const ROBOT_TOPIC = '/v1.0/im/bot/messages/get'

/** The frame with the `index`th message, as text; `expiresAt` is when its session webhook ends. */
export function robotFrame(index: number, expiresAt = 1_790_205_400_000 + index): string {
  const number = index.toString(16).padStart(6, '0')
  const headers = {
    appId: '3d0b7c52-1f64-4a8e-b2c9-60e5a7f81d34',
    connectionId: 'b5e1f7a0-90c2-11f1-8d43-2e7a5c9b1f60',
    contentType: 'application/json',
    messageId: `2148a0c7_2f4_19fb3${number}_15c02ae`,
    time: String(1_790_200_000_000 + index),
    topic: ROBOT_TOPIC,
  }
  return JSON.stringify({
    specVersion: '1.0',
    type: 'CALLBACK',
    headers,
    data: JSON.stringify(robotMessage(index, number, expiresAt)),
  })
}

function robotMessage(index: number, number: string, expiresAt: number): RobotMessage {
  const robot = '$:LWCP_v1:$Zk4uHs9yTqWc2nVbLx7RgA=='
  const message = {
    senderPlatform: 'Mac',
    conversationId: 'cid8sKd3/ZrTqLw5NfYpXvBcEg==',
    chatbotCorpId: 'ding51c8e0a94f7b2d36ee',
    chatbotUserId: robot,
    openThreadId: 'cid8sKd3/ZrTqLw5NfYpXvBcEg==',
    msgId: `msgTy6kQz${number}Hn3VdLpWg==`,
    senderNick: '林小北',
    isAdmin: false,
    senderStaffId: '027165493800126647',
    sessionWebhookExpiredTime: expiresAt,
    createAt: 1_790_200_000_000 + index,
    senderCorpId: 'ding51c8e0a94f7b2d36ee',
    conversationType: '2',
    senderId: '$:LWCP_v1:$b41c70d9e6a2f853c8d7014e',
    sessionWebhook: 'https://oapi.dingtalk.com/robot/sendBySession?session=4f0a9c7be1d852633ac07b19fd6e8250',
    robotCode: 'dingm2wv8xk5q7t9rz3c',
    msgtype: 'text',
    conversationTitle: '平台组',
    isInAtList: true,
    atUsers: [{ dingtalkId: robot }],
    text: { content: ' /status orders 今天的订单' },
  }
  return message
}
