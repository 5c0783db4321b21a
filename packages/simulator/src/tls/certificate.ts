import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'

/** A TLS certificate with its private key, both in PEM. */
export interface Certificate {
  /** In PEM. Made by {@link createCertificate}, it is also what clients have to trust, as it signed itself. */
  readonly cert: string
  /** The private key, in PEM. */
  readonly key: string
}

/** Days that a certificate is good for; browsers take none that is good for more than 398. */
const LIFE = 365

/** The names and addresses by which a server that listens on `host` is called. */
export function namesOf(host: string): readonly string[] {
  const isEverywhere = host === '0.0.0.0' || host === '::'
  const interfaces = Object.values(networkInterfaces()).flatMap(list => list ?? [])
  const own = isEverywhere ? interfaces.map(({ address }) => address) : [host]
  return [...new Set(['localhost', '127.0.0.1', '::1', ...own])]
}

/** Makes a certificate for these names and addresses, signed by itself. */
export async function createCertificate(names: readonly string[]): Promise<Certificate> {
  // Loaded by those alone who want TLS.
  const { generate } = await import('selfsigned')
  const made = await generate([{ name: 'commonName', value: 'dingware simulator' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + LIFE * 86_400_000),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: names.map(altName) },
    ],
  })
  return { cert: made.cert, key: made.private }
}

/** An address counts only as such: Java and browsers look for 127.0.0.1 among the addresses, not among the names. */
function altName(name: string): { type: 7; ip: string } | { type: 2; value: string } {
  return isIP(name) > 0 ? { type: 7, ip: name } : { type: 2, value: name }
}
