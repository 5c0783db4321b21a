/**
 * Behaviour of the platform where the evidence is divided, as in the simulator. The defaults follow the best evidence;
 * try the others to see whether your bot depends on them.
 */
export interface TestSwitches {
  /** Params of a click on a button from data: its id and label (default), or its label only. */
  readonly clickParams: 'id+text' | 'text'
  /** Fields of a click: all that were captured (default), the five documented ones, or the old `value` only. */
  readonly clickShape: 'full' | 'minimal' | 'valueOnly'
  /** Type of conversation in clicks: `im` in every capture (default). */
  readonly spaceType: 'im' | 'im_group' | 'IM'
  /**
   * Id of the conversation in clicks in private chats, of which there is no capture: the userId (default), or the
   * conversation id.
   */
  readonly privateSpaceId: 'userId' | 'conversationId'
  /** Form of that id: plain (default), or as `dtv1.card//im.cid…`. */
  readonly spaceIdForm: 'plain' | 'prefixed'
  /** Ids of buttons in a group variable: with their number appended, `approval0` (default), or without. */
  readonly buttonIndex: 'appended' | 'none'
  /** People who see the `cardData` of an answer to a click in a group: the one who clicked (default), or everybody. */
  readonly clickAnswer: 'clicker' | 'everybody'
  /** True (default) if selecting an option in a form calls back, too, with `params.fromConfig` and no answer. */
  readonly formNoise: boolean
  /** Blanks on both sides of a name that is removed from plain text: one remains (default), or both. */
  readonly mentionBlanks: 'one' | 'both'
  /** Names in rich text: nodes of their own (default), or joined to the words behind them. */
  readonly mentionNodes: 'own' | 'glued'
  /** True (default) if messages have `senderUnionId` and `atUsers[].unionId`. */
  readonly unionIds: boolean
  /** `senderStaffId` of people outside the organisation: absent (default), or empty. */
  readonly outsiderStaffId: 'absent' | 'empty'
}

export const DEFAULT_SWITCHES: TestSwitches = {
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
}
