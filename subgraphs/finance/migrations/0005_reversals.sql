DROP INDEX "finance"."journal_entry_of_source";--> statement-breakpoint
CREATE INDEX "journal_entry_reversing" ON "finance"."journal_entry" USING btree ("tenant_id","reverses_id") WHERE reverses_id is not null;--> statement-breakpoint
CREATE INDEX "settlement_by_entry" ON "finance"."settlement" USING btree ("tenant_id","entry_id");--> statement-breakpoint
CREATE UNIQUE INDEX "journal_entry_of_source" ON "finance"."journal_entry" USING btree ("tenant_id","source_type","source_id","fiscal_year") WHERE source_id is not null and source_type <> 'finance.BankTransaction';