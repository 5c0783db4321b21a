import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { sameText } from './same-text.ts'

/** Keys for encrypted event pushes, from the page of the developer console where their address is set. */
export interface EncryptionOptions {
  /** Token for signatures ("签名 token"). */
  readonly token: string
  /** Encryption key ("加密 aes_key"): 43 characters. */
  readonly aesKey: string
}

/** Decrypted push. */
export interface Opened {
  readonly text: string
  /** Receiver of the push: corpId, suiteKey or appKey. The answer has to name the same. */
  readonly owner: string
}

/** Encrypted answer, in the platform's form. */
export interface Sealed {
  readonly msg_signature: string
  readonly timeStamp: string
  readonly nonce: string
  readonly encrypt: string
}

/** Encryption of event pushes. */
export interface Encryption {
  /** Verifies and decrypts a push. Never throws: returns the problem instead. */
  readonly open: (query: URLSearchParams, encrypt: string) => Opened | { readonly problem: string }
  readonly seal: (text: string, owner: string) => Sealed
}

const CIPHER = 'aes-256-cbc'
/** PKCS7 over twice the block size of AES. */
const BLOCK = 32
/** Number of random bytes before the length of the text, which has four. */
const SALT = 16
const HEAD = SALT + 4

/**
 * DingTalk's encryption of event pushes, on `node:crypto` (open-dingtalk/DingTalk-Callback-Crypto; ddtalk/dingTalkDoc,
 * "回调接口"): AES-256-CBC, with the Base64 `aesKey=` as key and its first 16 bytes as IV, over 16 random bytes, the length
 * of the text in four bytes, the text, and its owner; signed by the SHA-1 of token, timestamp, nonce and ciphertext,
 * sorted.
 *
 * @throws TypeError for an invalid token or key.
 */
export function createEncryption({ token, aesKey }: EncryptionOptions): Encryption {
  if (token === '') throw new TypeError(`The token of webhook()'s \`encryption\` is empty. ${WHERE}`)
  if (!/^[A-Za-z0-9+/]{43}$/.test(aesKey)) {
    throw new TypeError(`The aesKey of webhook()'s \`encryption\` is not 43 letters and digits. ${WHERE}`)
  }
  const key = Buffer.from(`${aesKey}=`, 'base64')
  const iv = key.subarray(0, 16)
  const sign = (...parts: readonly string[]): string =>
    createHash('sha1')
      .update([token, ...parts].sort().join(''))
      .digest('hex')

  return {
    open(query, encrypt) {
      const named = (name: string): string => parameter(query, name) ?? ''
      const signature = parameter(query, 'msg_signature') ?? named('signature')
      if (!sameText(signature, sign(named('timestamp'), named('nonce'), encrypt))) {
        return { problem: 'its signature is not made with the token' }
      }
      const cipher = Buffer.from(encrypt, 'base64')
      if (cipher.length === 0 || cipher.length % 16 !== 0) return { problem: 'what it holds is no ciphertext' }
      const decipher = createDecipheriv(CIPHER, key, iv).setAutoPadding(false)
      return unpacked(Buffer.concat([decipher.update(cipher), decipher.final()])) ?? { problem: WRONG_KEY }
    },
    seal(text, owner) {
      const cipher = createCipheriv(CIPHER, key, iv).setAutoPadding(false)
      const encrypt = Buffer.concat([cipher.update(packed(text, owner)), cipher.final()]).toString('base64')
      const timeStamp = String(Date.now())
      const nonce = randomBytes(8).toString('hex')
      return { msg_signature: sign(timeStamp, nonce, encrypt), timeStamp, nonce, encrypt }
    },
  }
}

const WHERE = 'Copy it from the page of the developer console where the address for events is set.'
const WRONG_KEY = 'it cannot be decrypted with the aesKey'

/** Query parameter by name in any case: pages and demos have `timestamp` and `timeStamp`. */
function parameter(query: URLSearchParams, name: string): string | undefined {
  return [...query].find(([key]) => key.toLowerCase() === name)?.[1]
}

function packed(text: string, owner: string): Buffer {
  const message = Buffer.from(text)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(message.length)
  const plain = Buffer.concat([randomBytes(SALT), length, message, Buffer.from(owner)])
  const padding = BLOCK - (plain.length % BLOCK)
  return Buffer.concat([plain, Buffer.alloc(padding, padding)])
}

function unpacked(padded: Buffer): Opened | undefined {
  const padding = padded.at(-1) ?? 0
  const end = padded.length - padding
  if (padding < 1 || padding > BLOCK || end < HEAD) return undefined
  if (padded.subarray(end).some(byte => byte !== padding)) return undefined
  const from = HEAD + padded.readUInt32BE(SALT)
  if (from > end) return undefined
  return { text: padded.toString('utf8', HEAD, from), owner: padded.toString('utf8', from, end) }
}
