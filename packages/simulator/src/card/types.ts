/** A card as the platform keeps it. */
export interface Card {
  readonly outTrackId: string
  readonly templateId: string
  readonly clientId: string
  /** Undefined when the bot named none: clicks then reach nobody. */
  readonly callbackType: 'STREAM' | 'HTTP' | undefined
  readonly userIdType: 1 | 2
  readonly variables: Readonly<Record<string, string>>
  /** Variables that only one user sees, by user id. */
  readonly privateVariables: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly spaces: readonly CardSpace[]
  /** Milliseconds since the epoch. */
  readonly createdAt: number
}

/** A place that a card was delivered to. */
export interface CardSpace {
  readonly spaceType: SpaceType
  readonly spaceId: string
  readonly conversationId: string
  /** The message that shows it; the platform calls it `carrierId` and `processQueryKey`. */
  readonly carrierId: string
}

export type SpaceType = 'IM_GROUP' | 'IM_ROBOT' | 'IM_SINGLE' | 'ONE_BOX'
