export { thrownFields, thrownFrames, thrownText } from '@dingware/transport'
