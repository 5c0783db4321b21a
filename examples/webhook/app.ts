/** The echo bot without a socket: behind Hono, wherever that runs. */
import { createBot, webhook } from '@dingware/core'
import { Hono } from 'hono'

const bot = createBot()
bot.on('chatbot:text', ctx => ctx.replyText(ctx.text))

const handle = webhook(bot)

export const app = new Hono()
app.post('/dingtalk', c => handle(c.req.raw))
