/** What a kustomization is called, in the order in which one is taken where a folder has several. */
export const KUSTOMIZATION_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
