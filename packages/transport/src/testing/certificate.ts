import { randomUUID } from 'node:crypto'
import { generate } from 'selfsigned'

export interface Certificate {
  /** In PEM; also the authority to trust, because it signed itself. */
  readonly cert: string
  readonly key: string
}

/** Makes a certificate for these host names, signed by nobody else. */
export async function createCertificate(...hosts: readonly string[]): Promise<Certificate> {
  // Clients look an authority up by its name, so no two may share one.
  const { cert, private: key } = await generate([{ name: 'commonName', value: randomUUID() }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: hosts.map(value => ({ type: 2, value })) }],
  })
  return { cert, key }
}
