/** Managed services of Azure (R76): clusters, applications, and all that its table has. */
import { NOTHING, type Reader, type Readers } from '../facts.ts';
import { strayRange } from './allowed.ts';
import { APPLICATION_READERS } from './application.ts';
import { cluster } from './cluster.ts';
import { managed } from './managed.ts';
import { SERVICES } from './service-table.ts';

export const SERVICE_READERS: Readers = {
  ...Object.fromEntries(
    Object.entries(SERVICES).flatMap(([type, service]): readonly (readonly [string, Reader])[] => [
      [type, (resource, context) => managed(resource, service, context)],
      ...(service.rules ? [[service.rules.type, strayRange(type, service)] as const] : []),
      ...[service.settings, service.list?.apart].flatMap((apart) =>
        apart ? [[apart.type, () => NOTHING] as const] : [],
      ),
    ]),
  ),
  ...APPLICATION_READERS,
  azurerm_private_endpoint: () => NOTHING,
  azurerm_kubernetes_cluster: cluster,
};
