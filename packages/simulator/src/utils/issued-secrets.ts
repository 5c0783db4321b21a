import { setBounded } from './bounded.ts'
import { secretId } from './random.ts'

/** More than the timeline and the stores of sessions and addresses hold together. */
const KEPT = 50_000
/** Of 16 bytes in hexadecimal digits, and of a UUID. */
const lengths = [32, 36]
const run = /[0-9a-f-]{32,}/g

export type SecretName = 'ACCESS_TOKEN' | 'TICKET' | 'SESSION' | 'SIGNATURE' | 'AUTHORIZATION'

/** The secrets that this simulator has given out: what is shown or exported can be rid of these, and of nothing else. */
export interface IssuedSecrets {
  /** A new secret that nobody can guess: 32 hexadecimal digits, or the UUID that is given. */
  issue(name: SecretName, secret?: string): string
  /** A text with each of these secrets replaced by what `write` makes of its name. */
  replace(text: string, write: (name: SecretName) => string): string
}

export function createIssuedSecrets(): IssuedSecrets {
  const names = new Map<string, SecretName>()
  return {
    issue(name, secret = secretId()) {
      setBounded(names, secret, name, KEPT)
      return secret
    },
    replace: (text, write) => text.replaceAll(run, digits => inRun(digits, names, write)),
  }
}

/** Other digits may stand before and after a secret, as those of an escape in an address do. */
function inRun(digits: string, names: ReadonlyMap<string, SecretName>, write: (name: SecretName) => string): string {
  let clean = ''
  let at = 0
  while (at < digits.length) {
    const secret = lengths.map(length => digits.slice(at, at + length)).find(part => names.has(part)) ?? ''
    const name = names.get(secret)
    clean += name === undefined ? digits.charAt(at) : write(name)
    at += name === undefined ? 1 : secret.length
  }
  return clean
}
