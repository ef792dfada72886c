import { deflateSync } from 'node:zlib';
import sharp from 'sharp';

type Format = 'png' | 'jpeg' | 'webp' | 'gif' | 'tiff' | 'avif';

/** A picture with some structure, so that scaling and encoding have something to do. */
export async function picture(format: Format, width = 40, height = 30, alpha = false): Promise<Buffer> {
  const channels = alpha ? 4 : 3;
  const pixels = Buffer.alloc(width * height * channels);
  for (let index = 0; index < pixels.length; index++) {
    const pixel = Math.floor(index / channels);
    pixels[index] =
      index % channels === 3
        ? 128
        : ((pixel % width) * 5 + Math.floor(pixel / width) * 3 + (index % channels) * 40) % 256;
  }
  return sharp(pixels, { raw: { width, height, channels } })[format]().toBuffer();
}

/** A picture that does not compress. */
export async function noise(format: Format, width: number, height: number): Promise<Buffer> {
  let state = 12345;
  const pixels = Buffer.alloc(width * height * 3);
  for (let index = 0; index < pixels.length; index++) {
    state = (state * 1103515245 + 12345) % 2147483648;
    pixels[index] = Math.floor(state / 65536) % 256;
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })[format]().toBuffer();
}

/** A PNG that says what it likes of its size, with the image data that is given. */
export function pngOf(width: number, height: number, bitDepth: number, data: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(bitDepth, 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Valid in every byte, small on disk, enormous once decoded. */
export function decompressionBomb(edge = 30_000): Buffer {
  return pngOf(edge, edge, 1, deflateSync(Buffer.alloc(edge * (Math.ceil(edge / 8) + 1)), { level: 9 }));
}

/** A GIF whose frames are all the same few bytes. */
export function animation(frames: number): Buffer {
  const head = Buffer.from([...Buffer.from('GIF89a'), 2, 0, 2, 0, 0x80, 0, 0, 255, 0, 0, 0, 0, 255]);
  const frame = Buffer.from([0x21, 0xf9, 4, 0, 1, 0, 0, 0, 0x2c, 0, 0, 0, 0, 2, 0, 2, 0, 0, 2, 3, 0x44, 0x02, 0x05, 0]);
  return Buffer.concat([head, ...Array.from({ length: frames }, () => frame), Buffer.from([0x3b])]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(checksum(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** The CRC of PNG, bit by bit. */
function checksum(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value = xor(value, byte);
    for (let bit = 0; bit < 8; bit++) {
      value = value % 2 === 1 ? xor(Math.floor(value / 2), 0xedb88320) : Math.floor(value / 2);
    }
  }
  return xor(value, 0xffffffff);
}

/** Unsigned. */
function xor(a: number, b: number): number {
  // eslint-disable-next-line no-bitwise
  return (a ^ b) >>> 0;
}
