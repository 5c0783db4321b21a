import { API_FAULTS, type ApiFaultName } from '../faults/api-fault-names.ts'
import type { Faults } from '../faults/faults.ts'
import type { ApiFault, PushFault } from '../faults/types.ts'

/** A fault as it stands on the command line. */
export type CliFault =
  | { readonly kind: 'api'; readonly fault: ApiFault }
  | { readonly kind: 'push'; readonly fault: PushFault }

const apiNames: readonly (ApiFaultName | 'slow')[] = ['slow', ...API_FAULTS]
const pushNames: readonly PushFault['fault'][] = ['duplicate', 'garbage', 'lost']
const numbers: readonly string[] = ['times', 'probability', 'delay', 'status', 'retryAfter']
const texts: readonly string[] = ['path', 'method', 'topic']

/** Reads `qps,path=/v1.0/card/*,probability=0.1`. Throws an Error that says what is wrong. */
export function parseFault(text: string): CliFault {
  const [name = '', ...pairs] = text.split(',')
  const settings = Object.fromEntries(pairs.map(pair => parsePair(text, pair)))
  const push = pushNames.find(it => it === name)
  if (push) return { kind: 'push', fault: { ...settings, fault: push } }
  const api = apiNames.find(it => it === name)
  if (api === 'slow') return { kind: 'api', fault: { delay: 1_000, ...settings } }
  if (api) return { kind: 'api', fault: { ...settings, fault: api } }
  throw new Error(`--faults ${text}: there is no fault ${name}. There are ${[...apiNames, ...pushNames].join(', ')}`)
}

function parsePair(whole: string, pair: string): readonly [string, string | number | boolean] {
  const [key = '', ...rest] = pair.split('=')
  const value = rest.join('=')
  if (key === 'applied') return [key, value !== 'false']
  if (texts.includes(key) && value) return [key, value]
  if (numbers.includes(key) && value && !Number.isNaN(Number(value))) return [key, Number(value)]
  const known = [...texts, ...numbers].map(it => `${it}=`).join(' ')
  throw new Error(`--faults ${whole}: ${pair} is none of ${known} applied, or has no such value`)
}

export function armFaults(faults: Pick<Faults, 'api' | 'push'>, list: readonly CliFault[]): void {
  for (const it of list) {
    if (it.kind === 'api') faults.api(it.fault)
    else faults.push(it.fault)
  }
}
