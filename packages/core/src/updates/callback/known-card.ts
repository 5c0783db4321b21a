/** Conversation that a card was delivered to. */
export interface CardPlace {
  readonly type: 'private' | 'group'
  /** Conversation id; for a private chat only if the bot has learned it from a message. */
  readonly id?: string | undefined
}

/** Facts that a bot keeps about a card that it sent, to understand clicks on it. */
export interface KnownCard {
  /** Conversation; missing for cards delivered to a chat between two people. */
  readonly place?: CardPlace | undefined
  /** True if it went to several people, each in a private chat. */
  readonly isShared?: boolean | undefined
  /** outTrackId that it was sent with, if the platform gave it another. */
  readonly sentAs?: string | undefined
  /** Template of the card. */
  readonly templateId?: string | undefined
  /** Person that the card is the answer to: a userId, or a unionId if `userIdType` is 2. */
  readonly owner?: string | undefined
  /** userId of the owner, if `owner` is a unionId. */
  readonly ownerUserId?: string | undefined
  /** Type of user ids in its callbacks: 1 (default) for userIds, 2 for unionIds. */
  readonly userIdType?: number | undefined
  /** Data of its action buttons, by the button's id on the card. */
  readonly buttons?: Readonly<Record<string, unknown>> | undefined
  /** Variables that each update has to repeat: an AI card without its state shows nothing (agentscope#2285, live). */
  readonly current?: Readonly<Record<string, string>> | undefined
  /** Ids of its buttons by label; `null` if two different buttons had the same label at the same time. */
  readonly labels?: Readonly<Record<string, string | null>> | undefined
}

/** True if the bot itself has put this id on the card. */
export function isOnCard(card: KnownCard | undefined, id: string): boolean {
  if (!card) return false
  const { buttons = {}, labels = {} } = card
  return Object.hasOwn(buttons, id) || Object.values(labels).includes(id)
}
