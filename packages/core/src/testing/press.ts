import { createHash } from 'node:crypto'
import type { Press } from './card-buttons.ts'
import type { TestSwitches } from './switches.ts'

/** Content of `cardPrivateData` in a click. */
export interface Call {
  readonly actionIds: readonly string[]
  readonly params: Readonly<Record<string, unknown>>
}

/** Converts a click to the platform's form. */
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
      // Some components call back without an id.
      return { actionIds: press.actionId === '' ? [] : [press.actionId], params: press.params }
  }
}

/** Id of the layout node of a button from data, which does not identify the button (agentscope#2285, live). */
function nodeId(outTrackId: string, id: string, text: string): string {
  const hash = createHash('sha256').update([outTrackId, id, text].join('\n')).digest()
  const letters = [...hash.subarray(0, 11)].map(byte => String.fromCharCode(97 + (byte % 26)))
  return `single_button_node_${letters.join('')}`
}
