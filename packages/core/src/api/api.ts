import type { Caller } from './caller.ts'
import type { InteractiveCards } from './interactive-card/interactive-card.ts'
import type { Media } from './media/media.ts'
import type { Robot } from './robot/robot.ts'

/** Client of DingTalk's APIs (`bot.api`, `ctx.api`): `call` for any API, plus methods for messages, files and cards. */
export interface Api extends Caller, Robot, Media, InteractiveCards {
  /**
   * Robot code that the bot acts as: the option `robotCode`, else the clientId. @throws GatewayError if neither is
   * known.
   */
  robotCode(): string
}
