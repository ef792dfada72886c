/** A kind of statement in a generated file, whatever the target calls it. Rules name the ones they judge. */
export type Facet =
  | 'identity' | 'image' | 'build' | 'command' | 'dependency' | 'environment' | 'secret' | 'config' | 'mount'
  | 'volume' | 'network' | 'port' | 'health' | 'security' | 'resources' | 'lifecycle' | 'profile' | 'policy'
  | 'host-service' | 'pin' | 'check' | 'waiver' | 'gate' | 'override' | 'text';
