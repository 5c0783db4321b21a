/** Where a card was delivered. */
export interface CardPlace {
  readonly type: 'private' | 'group'
  /** The conversation id; of a private chat only where the bot has learned it from a message. */
  readonly id?: string | undefined
}

/** What a bot knows of a card that it sent, and by which a click on it is read. */
export interface KnownCard {
  /** Missing for cards that were delivered to a chat between two people. */
  readonly place?: CardPlace | undefined
  /** Whether it went to several people, each in a private chat. */
  readonly isShared?: boolean | undefined
  /** The outTrackId that it was sent with, where the platform gave it another. */
  readonly sentAs?: string | undefined
  readonly templateId?: string | undefined
  /** The one whom the card answered: a userId, or a unionId where `userIdType` is 2. */
  readonly owner?: string | undefined
  /** The userId of the owner, where `owner` is a unionId. */
  readonly ownerUserId?: string | undefined
  /** What user ids in its callbacks are: 1 userIds, 2 unionIds. Missing: 1. */
  readonly userIdType?: number | undefined
  /** The data of buttons that were made by actions, by the id that is on the card. */
  readonly buttons?: Readonly<Record<string, unknown>> | undefined
  /** Variables that every update has to carry: an AI card without its status shows nothing (agentscope#2285, live). */
  readonly current?: Readonly<Record<string, string>> | undefined
  /** The ids of its buttons by what they say; `null` where two different ones said the same at the same time. */
  readonly labels?: Readonly<Record<string, string | null>> | undefined
}

/** Whether the bot itself has put that id on the card. */
export function isOnCard(card: KnownCard | undefined, id: string): boolean {
  if (!card) return false
  const { buttons = {}, labels = {} } = card
  return Object.hasOwn(buttons, id) || Object.values(labels).includes(id)
}
