import type { Caller } from './caller.ts'
import type { InteractiveCards } from './interactive-card/interactive-card.ts'
import type { Media } from './media/media.ts'
import type { Robot } from './robot/robot.ts'

/** The platform, the other direction: any call, what a robot can do, files. */
export interface Api extends Caller, Robot, Media, InteractiveCards {
  /** The robot that the bot acts as: the option `robotCode`, else the clientId. @throws GatewayError when neither is known. */
  robotCode(): string
}
