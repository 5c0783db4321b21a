/** Lines of evidence that the simulator does not follow, each with its reason. */
export const notMirrored: Readonly<Record<string, string>> = {
  'A1 file': 'less than A4 file',
  'A2 robot-message-type': 'the same as B9, before openThreadId',
  'A3 HTTP sample: string content at top level': 'over HTTP; the sample itself is broken',
  'C3 quoted nodes with text as an object': 'a belief',
  'C5 quoted forward that calls itself text': 'a belief',
  'C7 node with text and downloadCode': 'a belief; `send({ msgtype, content })` sends it',
  'C8 old rich text': 'a belief',
  'C9 old audio': 'a belief',
  'C13 document card': 'a belief; `send({ msgtype, content })` sends it',
  'cb.own-template.agree': 'what the designer of a template has set; `click(card, [id], params)` sends it',
  'cb.checkboxlist.submit': 'what the designer of a template has set; `click(card, [id], params)` sends it',
  'cb.components': 'what the designer of a template has set; `click(card, [id], params)` sends it',
  'cb.local-variable': 'what the designer of a template has set; `click(card, [id], params)` sends it',
  'cb.dws.approval': 'what the designer of a template has set; `click(card, [id], params)` sends it',
  'cb.feedback.own': 'what the designer of a template has set; `click(card, [id], params)` sends it',
  'cb.IM_ROBOT.belief': 'a belief, against every capture',
}
