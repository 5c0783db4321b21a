/**
 * How the simulator behaves where what is known of the platform disagrees or is incomplete. All may be set at any time.
 * The defaults follow what is best attested.
 *
 * @example
 * sim.switches.quoteText = 'content'
 */
export interface Switches {
  /** Where the words of a quoted text stand: `content.text` (default) or `content.content`; both were captured. */
  quoteText: 'text' | 'content'
  /**
   * What is quoted along: the message (default), only its id, or the old shape (`quoteMessage` on top).
   */
  quoteShape: 'full' | 'idOnly' | 'legacy'
  /** What a quoted card of the bot carries: nothing (default), a tree of texts, or its variables. */
  quotedCard: 'metadata' | 'cardContent' | 'cardData'
  /** What a quoted file carries: all that a file has (default), or in groups only its name, or nothing but its kind. */
  quotedFile: 'code' | 'name' | 'none'
  /** Whether `content` is an object (default) or a JSON text, which was seen too. */
  content: 'object' | 'string'
  /** The names of the fields in a frame that says the month's pushes are used up; documents have both. */
  quotaFields: 'errorCode' | 'errCode'
  /**
   * Milliseconds after which an event that was not answered, or with LATER, comes again; counted from the last time.
   * Only that it does is documented: 10 s, 1 min, 5 min, 1 h by default.
   */
  eventRedelivery: readonly number[]
  /**
   * The same for robot messages. The protocol page says that they come once; the official Node client, the tutorial
   * and users report 60 s, hence `[60_000]` by default. Reports of 16 s and of 2 to 3 min exist. `[]` is once only.
   */
  robotRedelivery: readonly number[]
  /** Messages a minute by session webhook in one conversation, then 10 minutes of nothing. 20 in the documents; Infinity. */
  webhookPerMinute: number
  /** Milliseconds that must lie between two streaming calls of a card. 500 was reported; 0 by default. */
  streamInterval: number
  /** Characters that one streaming call may carry. 20,000 is known to work, and the default. */
  streamContentLimit: number
  /** Whether an update of the streamed variable is answered 200 and yet not seen once the card is finished. False. */
  finishedCardIsFrozen: boolean
  /** Whether updating a card while its callback waits for the answer, which is forbidden, counts as a violation. False. */
  watchUpdatesInCallback: boolean
  /** Milliseconds that a downloadCode lives; nobody knows. 24 h by default. */
  downloadCodeLife: number
  /** Milliseconds that a download address lives. 1 h by default. */
  downloadUrlLife: number
}

export function defaultSwitches(): Switches {
  return {
    quoteText: 'text',
    quoteShape: 'full',
    quotedCard: 'metadata',
    quotedFile: 'code',
    content: 'object',
    quotaFields: 'errorCode',
    eventRedelivery: [10_000, 60_000, 300_000, 3_600_000],
    robotRedelivery: [60_000],
    webhookPerMinute: Number.POSITIVE_INFINITY,
    streamInterval: 0,
    streamContentLimit: 20_000,
    finishedCardIsFrozen: false,
    watchUpdatesInCallback: false,
    downloadCodeLife: 86_400_000,
    downloadUrlLife: 3_600_000,
  }
}
