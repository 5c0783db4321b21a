/**
 * How the simulator behaves where what is known of the platform disagrees or is incomplete. All may be set at any time.
 * The defaults follow what is best attested.
 *
 * @example
 * sim.switches.quoteText = 'content'
 */
export interface Switches {
  /**
   * The params of a button that comes from data: its id and its text (default; agentscope#2285, live), or its text alone,
   * which is all that two other bots read (murray17/rovai-ai, a CMMS work-order bot).
   */
  clickParams: 'id+text' | 'text'
  /** The fields of a click: all that were captured (default), or only some; see {@link CallbackShape}. */
  clickShape: CallbackShape
  /** `im` in every capture (default). `im_group` and `IM` are what some bots are ready for. */
  spaceType: 'im' | 'im_group' | 'IM'
  /** The `spaceId` of a click in a chat of one person with the bot, which nobody has captured: the userId by default. */
  privateSpaceId: 'userId' | 'conversationId'
  /** Whether the id stands alone (default) or as `dtv1.card//im.cid…` (memgov). */
  spaceIdForm: 'plain' | 'prefixed'
  /** Whether a button of a group variable has its number at its actionId, `approval0` (default; soimy), or nothing. */
  buttonIndex: 'appended' | 'none'
  /**
   * The people who see the `cardData` of an answer to a click: the one who clicked, so that the others need an update by the API
   * (default; event-callback-card as of 2026-08), or everybody, as bots were written before.
   */
  clickAnswer: 'clicker' | 'everybody'
  /** Whether selecting something in a form calls back too, with `params.fromConfig` and no answer (soimy). True. */
  formNoise: boolean
  /**
   * Of the blanks on both sides of a picked name, which is gone from a plain text: one is left (default), or both. Both
   * were captured: `"@bot 给 @王五 发"` as `" 给 发"`, and two names in front as two blanks.
   */
  mentionBlanks: 'one' | 'both'
  /** Names in a rich text: nodes of their own (default, captured), or glued to the words behind them. */
  mentionNodes: 'own' | 'glued'
  /** Whether `senderUnionId` and `atUsers[].unionId` come. Captures of 2026 have them (true), older ones have not. */
  unionIds: boolean
  /** The `senderStaffId` of somebody from outside: missing (default), or an empty text. */
  outsiderStaffId: 'absent' | 'empty'
  /** The `msgtype` of a voice message: `audio` in all documents and captures; users report `voice` (hermes#38211). */
  voiceMsgtype: 'audio' | 'voice'
  /** The `content` of a voice message: code and words (default), no code, or the words beside it (hermes#49546). */
  voiceBody: 'full' | 'noCode' | 'beside'
  /** The `duration` of a voice message: missing in captures (default); milliseconds, seconds and a text were reported. */
  voiceDuration: 'missing' | 'millis' | 'seconds' | 'text'
  /** Whether a chat that is passed on is marked `isForwardMsg: "1"`: some of the captured ones are. True. */
  forwardMark: boolean
  /** Whether a quoted message has `senderNick`; both were captured. False. */
  quoteNick: boolean
  /** Whether the words of a quoted text are ciphertext that nobody can read (dingtalk-stream-sdk-go#22). False. */
  quoteCipher: boolean
  /** The field with the words of a quoted text: `content.text` (default) or `content.content`; both were captured. */
  quoteText: 'text' | 'content'
  /**
   * The quoted message in a reply: the whole of it (default), only its id, or the old shape (`quoteMessage` on top).
   */
  quoteShape: 'full' | 'idOnly' | 'legacy'
  /** The content of a quoted card of the bot: nothing (default), a tree of texts, or its variables. */
  quotedCard: 'metadata' | 'cardContent' | 'cardData'
  /** The content of a quoted file: all that a file has (default), or in groups only its name, or nothing but its kind. */
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
   * and users report 60 s, hence `[60_000]` by default; each time under a new messageId. Reports of 16 s and of 2 to 3 min
   * exist, and DingTalk's Channel SDK states 2 s. `[]` is once only.
   */
  robotRedelivery: readonly number[]
  /** Messages a minute by session webhook in one conversation, then 10 minutes of nothing. 20 in the documents; Infinity. */
  webhookPerMinute: number
  /** The errcode of the first message too many: 660026, as a probe of 2026 was (default), or 130101 of the years before. */
  webhookThrottle: '660026' | '130101'
  /** Whether the `errcode: 0` of webhooks is a number, as in captures (default), or the text that the page of custom robots shows. */
  webhookOk: 'number' | 'text'
  /** The answer to a streaming call with a wrong key: 500 `unknownError` (default), or 400 `invalid.content`; both were captured. */
  wrongStreamKey: '500' | '400'
  /** Whether a permission that is granted takes effect with the next token only (n8n-nodes-dingtalk 0.3.4). True. */
  grantNeedsNewToken: boolean
  /**
   * Whether a card may be created without any variable. Reports of `param.empty` (soimy/openclaw-channel-dingtalk#33 and
   * #179) leave open whether the creation is refused or what is streamed into it later. True.
   */
  emptyCardData: boolean
  /** Milliseconds that must lie between two streaming calls of a card. 500 was reported; 0 by default. */
  streamInterval: number
  /** Characters that one streaming call may carry. 20,000 is known to work, and the default. */
  streamContentLimit: number
  /** Whether one streaming call may carry an empty text: official examples do (true), others send a blank instead. */
  emptyStreamContent: boolean
  /** Whether an update of the streamed variable is answered 200 and yet not seen once the card is finished. False. */
  finishedCardIsFrozen: boolean
  /** Whether updating a card while its callback waits for the answer, which is forbidden, counts as a violation. False. */
  watchUpdatesInCallback: boolean
  /** Milliseconds that a downloadCode lives; nobody knows. 24 h by default. */
  downloadCodeLife: number
  /** Milliseconds that a download address lives. 1 h by default. */
  downloadUrlLife: number
}

/**
 * The shape of a card callback, all of which occur.
 * - `full`: everything that was captured (open.dingtalk.com's tutorial of 2025-09, agentscope#2285)
 * - `minimal`: only what is documented: type, outTrackId, corpId, userId, content (event-callback-card)
 * - `valueOnly`: the inner fields in `value` alone (soimy/openclaw-channel-dingtalk)
 * - `paramsBeside`: `params` next to `cardPrivateData` instead of in it
 * - `assistant`: that of the old AI assistant, `conversationToken` and `content` alone
 */
export type CallbackShape = 'full' | 'minimal' | 'valueOnly' | 'paramsBeside' | 'assistant'

export function defaultSwitches(): Switches {
  return {
    clickParams: 'id+text',
    clickShape: 'full',
    spaceType: 'im',
    privateSpaceId: 'userId',
    spaceIdForm: 'plain',
    buttonIndex: 'appended',
    clickAnswer: 'clicker',
    formNoise: true,
    mentionBlanks: 'one',
    mentionNodes: 'own',
    unionIds: true,
    outsiderStaffId: 'absent',
    voiceMsgtype: 'audio',
    voiceBody: 'full',
    voiceDuration: 'missing',
    forwardMark: true,
    quoteNick: false,
    quoteCipher: false,
    quoteText: 'text',
    quoteShape: 'full',
    quotedCard: 'metadata',
    quotedFile: 'code',
    content: 'object',
    quotaFields: 'errorCode',
    eventRedelivery: [10_000, 60_000, 300_000, 3_600_000],
    robotRedelivery: [60_000],
    webhookPerMinute: Number.POSITIVE_INFINITY,
    webhookThrottle: '660026',
    webhookOk: 'number',
    wrongStreamKey: '500',
    grantNeedsNewToken: true,
    emptyCardData: true,
    streamInterval: 0,
    streamContentLimit: 20_000,
    emptyStreamContent: true,
    finishedCardIsFrozen: false,
    watchUpdatesInCallback: false,
    downloadCodeLife: 86_400_000,
    downloadUrlLife: 3_600_000,
  }
}
