import { setBounded } from '../bounded/bounded.ts'
import type { Clock } from '../clock/clock.ts'
import { secretId, uuid } from '../random/random.ts'
import type { Switches } from '../switches.ts'

/** Files and addresses are kept up to these counts. */
const FILES_KEPT = 1_000
const CODES_KEPT = 10_000

export interface StoredFile {
  readonly fileId: string
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Milliseconds since the epoch. */
  readonly createdAt: number
}

/** A file as tests give it: its name, and its bytes or text. */
export interface FileInput {
  readonly name?: string
  readonly bytes?: Uint8Array | string
}

/** What people have sent and bots have uploaded. */
export interface Files {
  put(file: FileInput, fallbackName: string): StoredFile
  list(): readonly StoredFile[]
  /** A code by which one bot may ask for the address of a file. */
  code(file: StoredFile, robotCode: string): { readonly downloadCode: string; readonly pictureDownloadCode: string }
  /** Undefined when the code is unknown or has expired. */
  byCode(code: string): { readonly file: StoredFile; readonly robotCode: string } | undefined
  /** A signed address on the file host, relative to the simulator's. With a `secret` only who sends it gets the file. */
  address(file: StoredFile, secret?: string): string
  /** The file at an address: undefined when the signature is wrong or has expired. */
  open(name: string, signature: string): { readonly file: StoredFile; readonly secret: string | undefined } | undefined
  /** Keeps an upload; `@` or `$` and letters, as the platform's media ids. */
  upload(file: StoredFile): string
  media(mediaId: string): StoredFile | undefined
}

export function createFiles(clock: Clock, switches: Switches): Files {
  const files = new Map<string, StoredFile>()
  const codes = new Map<string, { file: StoredFile; robotCode: string; expiresAt: number }>()
  const addresses = new Map<string, { file: StoredFile; name: string; secret: string | undefined; expiresAt: number }>()
  const media = new Map<string, StoredFile>()
  const alive = ({ expiresAt }: { expiresAt: number }) => expiresAt > clock.now()

  return {
    put({ name, bytes = '' }, fallbackName) {
      const fileId = uuid().replaceAll('-', '')
      const file = { fileId, name: name ?? fallbackName, bytes: toBytes(bytes), createdAt: clock.now() }
      setBounded(files, file.fileId, file, FILES_KEPT)
      return file
    },
    list: () => [...files.values()],
    code(file, robotCode) {
      const pictureDownloadCode = base64Id(48)
      const downloadCode = base64Id(64)
      const entry = { file, robotCode, expiresAt: clock.now() + switches.downloadCodeLife }
      for (const code of [pictureDownloadCode, downloadCode]) setBounded(codes, code, entry, CODES_KEPT)
      return { downloadCode, pictureDownloadCode }
    },
    byCode(code) {
      const entry = codes.get(code)
      return entry && alive(entry) ? entry : undefined
    },
    address(file, secret) {
      const expiresAt = clock.now() + switches.downloadUrlLife
      const signature = secretId()
      const name = `${secretId(12)}.file`
      setBounded(addresses, signature, { file, name, secret, expiresAt }, CODES_KEPT)
      const expires = Math.floor(expiresAt / 1_000)
      return `/oss/${name}?Expires=${expires}&OSSAccessKeyId=simulator&Signature=${signature}`
    },
    open(name, signature) {
      const entry = addresses.get(signature)
      return entry?.name === name && alive(entry) ? entry : undefined
    },
    upload(file) {
      const mediaId = `@lAL${base64Id(24).replaceAll(/[+/=]/g, 'P')}`
      setBounded(media, mediaId, file, FILES_KEPT)
      return mediaId
    },
    media: mediaId => media.get(mediaId),
  }
}

function toBytes(bytes: Uint8Array | string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(typeof bytes === 'string' ? Buffer.from(bytes) : bytes)
}

function base64Id(bytes: number): string {
  return Buffer.from(secretId(bytes), 'hex').toString('base64')
}
