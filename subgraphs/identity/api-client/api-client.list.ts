import { dateTime, enumeration, text } from '@valeo/kit/filter.ts';
import { defineList } from '@valeo/kit/list.ts';
import { apiClient } from './api-client.tables.ts';

export const apiClients = defineList({
  type: 'ApiClient',
  field: 'apiClient',
  plural: 'apiClients',
  description: 'Programs that may use the graph with a key, by name.',
  table: apiClient,
  permission: 'clients:manage',
  filters: {
    name: text(apiClient.name),
    status: enumeration('ApiClientStatus', apiClient.status),
    createdAt: dateTime(apiClient.createdAt),
  },
  sorts: { name: apiClient.name, createdAt: apiClient.createdAt },
  defaultOrder: [{ by: 'name', direction: 'ASC' }],
  countedBy: 'status',
});
