import { createPrivateKey, X509Certificate } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { type Certificate, createCertificate } from './certificate.ts'

/** A certificate on disk. */
export interface KeptCertificate extends Certificate {
  /** The path of `cert`, which clients are told to trust. */
  readonly file: string
}

/**
 * The certificate that lies in a folder, so that it is trusted once and not at every start; a new one when there is none
 * that is good for all of `names` by tomorrow. Rejects when the folder can be neither read nor written.
 */
export async function keptCertificate(folder: string, names: readonly string[]): Promise<KeptCertificate> {
  const file = join(folder, 'cert.pem')
  const keyFile = join(folder, 'key.pem')
  const [cert, key] = [await read(file), await read(keyFile)]
  if (isGood({ cert, key }, names)) return { cert, key, file }
  const made = await createCertificate(names)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(file, made.cert)
  // Who has the key can pass for the simulator before all who trust it.
  await writeFile(keyFile, made.key, { mode: 0o600 })
  return { ...made, file }
}

/** The text of a file; empty when there is none. */
async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

const DAY = 86_400_000

function isGood({ cert, key }: Certificate, names: readonly string[]): boolean {
  try {
    const certificate = new X509Certificate(cert)
    const covers = (name: string) => (isIP(name) > 0 ? certificate.checkIP(name) : certificate.checkHost(name))
    return (
      certificate.checkPrivateKey(createPrivateKey(key)) &&
      Date.parse(certificate.validTo) > Date.now() + DAY &&
      names.every(name => covers(name) !== undefined)
    )
  } catch {
    // No certificate, or half of one.
    return false
  }
}
