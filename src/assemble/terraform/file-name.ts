const CONFIGURATION = /\.(tf|tofu)(\.json)?$/;

/** Whether a path is a file of a Terraform or OpenTofu module. */
export function isConfiguration(path: string): boolean {
  return CONFIGURATION.test(path);
}

/** The path of such a file without what says that it is one. */
export function withoutExtension(path: string): string {
  return path.replace(CONFIGURATION, '');
}
