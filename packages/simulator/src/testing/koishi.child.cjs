// A bot by Koishi's adapter (@satorijs/adapter-dingtalk), which repeats what it hears; run by koishi.test.ts.
const { Context, HTTP } = require('@satorijs/core')
const { DingtalkBot } = require('@satorijs/adapter-dingtalk')

const { DINGTALK_OPENAPI_ENDPOINT: endpoint, DINGTALK_CLIENT_ID: appkey, DINGTALK_CLIENT_SECRET: secret } = process.env
const ctx = new Context()
ctx.plugin(HTTP)

ctx.plugin(DingtalkBot, {
  protocol: 'ws',
  appkey,
  secret,
  api: { endpoint: `${endpoint}/v1.0/` },
  oldApi: { endpoint: `${endpoint}/` },
})
ctx.on('message', async session => {
  const [id] = await session.bot.sendMessage(session.channelId, session.content, undefined, { session })
  if (session.content.includes('forget')) await session.bot.deleteMessage(session.channelId, id)
})
ctx.start()
