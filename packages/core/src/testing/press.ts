import { createHash } from 'node:crypto'
import type { Press } from './card-buttons.ts'
import type { TestSwitches } from './switches.ts'

/** What `cardPrivateData` tells of a press. */
export interface Call {
  readonly actionIds: readonly string[]
  readonly params: Readonly<Record<string, unknown>>
}

/** How the platform tells of a press. */
export function callOf(press: Press, outTrackId: string, switches: TestSwitches): Call {
  switch (press.kind) {
    case 'layout': {
      const { id, text } = press
      const params = id === '' || switches.clickParams === 'text' ? { text } : { id, text }
      return { actionIds: [nodeId(outTrackId, id, text)], params }
    }
    case 'group': {
      const { actionId, index, params } = press
      return { actionIds: [switches.buttonIndex === 'appended' ? `${actionId}${index}` : actionId], params }
    }
    case 'own':
      // Some components call back without a meaning, and without an id.
      return { actionIds: press.actionId === '' ? [] : [press.actionId], params: press.params }
  }
}

/** The node of the layout that a button from data stands in: it says nothing of the button (agentscope#2285, live). */
function nodeId(outTrackId: string, id: string, text: string): string {
  const hash = createHash('sha256').update([outTrackId, id, text].join('\n')).digest()
  const letters = [...hash.subarray(0, 11)].map(byte => String.fromCharCode(97 + (byte % 26)))
  return `single_button_node_${letters.join('')}`
}
