import { DIGEST } from '../grammar';
import { LINE } from './record-grammar';
import { Read, Shape, mapping, sortedListOf, text } from './shape';
import { FingerprintPart } from '../../model/evidence';

const PART = mapping<FingerprintPart>({
  name: { shape: text(LINE), required: 'name: service some-name' },
  digest: { shape: text(DIGEST), required: 'digest: sha256:…' },
});

/** The parts of a fingerprint. */
export const PARTS: Shape<Read<FingerprintPart>[]> = sortedListOf(PART, 'name');
