/** A card as the platform keeps it. Each change makes a new object under the same `outTrackId`. */
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
  readonly text: string
  /** What the bot calls it: the `id` of a button that comes from data, the `actionId` of one that the designer made. */
  readonly id: string
  /** Opened instead, so that nobody is called. */
  readonly url?: string
}

export type Variables = Readonly<Record<string, string>>
export type PrivateVariables = Readonly<Record<string, Variables>>

export interface Viewer {
  readonly userId: string
  readonly unionId: string
}

/**
 * Where an AI card stands, told by its streaming calls and by `flowStatus` (1 to 5), whichever was last. `executing` is
 * told by `flowStatus` alone.
 */
export type CardStatus = 'processing' | 'inputting' | 'finished' | 'executing' | 'failed'

export interface CardState {
  readonly outTrackId: string
  readonly templateId: string
  readonly clientId: string
  /** Undefined when the bot named none: clicks then reach nobody. */
  readonly callbackType: 'STREAM' | 'HTTP' | undefined
  /** Which kind of id stands for people in this card: 1 userId, 2 unionId. */
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
  readonly spaceType: SpaceType
  readonly spaceId: string
  readonly conversationId: string
  /** The handle of the message that shows it, which is called `processQueryKey` elsewhere. Empty on top of a chat. */
  readonly carrierId: string
  /** The id of that message. */
  readonly messageId: string
}

export type SpaceType = 'IM_GROUP' | 'IM_ROBOT' | 'IM_SINGLE' | 'ONE_BOX'

export type CardEvent = { readonly type: 'card'; readonly card: Card }
