/** A kind of statement in a generated file, independent of the target. Rules name the facets they check. */
export type Facet =
  | 'identity' | 'image' | 'build' | 'command' | 'dependency' | 'environment' | 'secret' | 'config' | 'mount'
  | 'volume' | 'network' | 'port' | 'health' | 'security' | 'resources' | 'lifecycle' | 'profile' | 'policy'
  | 'host-service' | 'pin' | 'check' | 'waiver' | 'gate' | 'override' | 'parameter' | 'text';
