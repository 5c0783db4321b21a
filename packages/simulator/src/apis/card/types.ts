/**
 * A card as the platform keeps it. Each change makes a new object under the same `outTrackId`: a `Card` that a test
 * holds is the card as it was then.
 *
 * @example
 * const card = sim.cards.get('trk_1')
 * expect(card?.viewFor(alice)).toMatchObject({ title: 'Leave request' })
 */
export interface Card extends CardState {
  /**
   * The variables as one person sees them: the public ones, as answers to their clicks left them, and over them their
   * own, where the template has private ones. None where the card draws nothing.
   */
  viewFor(viewer: Viewer): Variables
  /**
   * The buttons that one person sees, as far as the card's variables tell: a template of one's own may have others.
   *
   * @example
   * expect(card.buttonsFor(alice).map(({ text }) => text)).toEqual(['同意', '拒绝'])
   */
  buttonsFor(viewer: Viewer): readonly CardButton[]
}

/** A button that a card shows. */
export interface CardButton {
  /** The text on it. */
  readonly text: string
  /** The bot's name for it: the `id` of a button that comes from data, the `actionId` of one that the designer made. */
  readonly id: string
  /** The address that it opens in place of a callback. */
  readonly url?: string
}

export type Variables = Readonly<Record<string, string>>
export type PrivateVariables = Readonly<Record<string, Variables>>

export interface Viewer {
  readonly userId: string
  readonly unionId: string
}

/**
 * The state of an AI card, set by its streaming calls and by `flowStatus` (1 to 5), whichever was last. `executing` is
 * told by `flowStatus` alone.
 */
export type CardStatus = 'processing' | 'inputting' | 'finished' | 'executing' | 'failed'

export interface CardState {
  readonly outTrackId: string
  readonly templateId: string
  readonly clientId: string
  /** Undefined when the bot named none: clicks then reach nobody. */
  readonly callbackType: 'STREAM' | 'HTTP' | undefined
  /** The kind of id that stands for people in this card: 1 userId, 2 unionId. */
  readonly userIdType: 1 | 2
  readonly variables: Variables
  /** The variables as those see them who have clicked since all got new ones, by user id: see `switches.clickAnswer`. */
  readonly answered: PrivateVariables
  /** Variables that only one user sees, by user id. */
  readonly privateVariables: PrivateVariables
  readonly spaces: readonly CardSpace[]
  /** Kinds of spaces that it has a model for, and may be delivered to. */
  readonly spaceModels: readonly SpaceType[]
  /** An update without `flowStatus` has left it with nothing to draw: see `isBlankedBy`. */
  readonly isBlank: boolean
  /** Undefined for a card that neither streams nor has a `flowStatus`. */
  readonly status: CardStatus | undefined
  /** The variable that is streamed, once it is. */
  readonly streamedKey: string | undefined
  /** `openDynamicDataConfig`, as it came. */
  readonly dynamicData: unknown
  /** Milliseconds since the epoch. */
  readonly createdAt: number
}

/** A place that a card was delivered to. */
export interface CardSpace {
  /** The kind of place: a group, the chat with a bot, a chat of two people, or the top of a chat. */
  readonly spaceType: SpaceType
  /** The id in the request's `openSpaceId`: of a conversation, or for `IM_ROBOT` of a person. */
  readonly spaceId: string
  /** The conversation that shows the card. */
  readonly conversationId: string
  /** The handle of the message that shows it, which is called `processQueryKey` elsewhere. Empty on top of a chat. */
  readonly carrierId: string
  /** The id of that message. */
  readonly messageId: string
}

export type SpaceType = 'IM_GROUP' | 'IM_ROBOT' | 'IM_SINGLE' | 'ONE_BOX'

export type CardEvent = { readonly type: 'card'; readonly card: Card }
