/** RFC 6455, 5.2: one unmasked text frame, as a server sends it. */
export function encodeTextFrame(text: string): Buffer {
  const payload = Buffer.from(text)
  const isLong = payload.length > 0xffff
  const header = Buffer.alloc(isLong ? 10 : 4)
  header[0] = 0x81
  header[1] = isLong ? 127 : 126
  if (isLong) header.writeBigUInt64BE(BigInt(payload.length), 2)
  else header.writeUInt16BE(payload.length, 2)
  return Buffer.concat([header, payload])
}
