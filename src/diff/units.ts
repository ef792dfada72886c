const BYTES: Readonly<Record<string, number>> = {
  '': 1,
  'b': 1,
  'k': 1024,
  'kb': 1024,
  'ki': 1024,
  'm': 1024 ** 2,
  'mb': 1024 ** 2,
  'mi': 1024 ** 2,
  'g': 1024 ** 3,
  'gb': 1024 ** 3,
  'gi': 1024 ** 3,
  'ti': 1024 ** 4,
};

/** Bytes as `512m` of Compose and `512Mi` of Kubernetes mean them, in one wording; what is neither stays as it is. */
export function memoryText(text: string): string {
  const match = /^(\d+(?:\.\d+)?)([a-z]{0,2})$/i.exec(text);
  const factor = match && BYTES[match[2].toLowerCase()];
  return match && factor ? `${Number(match[1]) * factor / 1024 ** 2} MiB` : text;
}

/** Processors as `0.5` of Compose and `500m` of Kubernetes mean them, in one wording. */
export function processorText(text: string): string {
  const millis = /^(\d+)m$/.exec(text);
  return String(millis ? Number(millis[1]) / 1000 : text);
}
