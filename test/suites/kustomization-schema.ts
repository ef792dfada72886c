/** kustomize has no schema among the data; these are all the fields that a kustomization of ours may have. */
export const KUSTOMIZATION_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['apiVersion', 'kind', 'namespace', 'resources'],
  properties: {
    apiVersion: { const: 'kustomize.config.k8s.io/v1beta1' },
    kind: { const: 'Kustomization' },
    namespace: { type: 'string' },
    resources: { type: 'array', items: { type: 'string', pattern: '\\.yaml$' }, uniqueItems: true },
  },
};
