export default {
  dialect: 'postgresql',
  schema: './**/*.tables.ts',
  schemaFilter: ['platform'],
  out: './migrations',
};
