/** interim: replaced when the migrations of the domains land */
export async function migrateDatabase(ownerUrl: string): Promise<string> {
  return ownerUrl;
}
