ALTER TABLE "purchasing"."supplier_invoice" ADD COLUMN "kind" text DEFAULT 'INVOICE' NOT NULL;--> statement-breakpoint
ALTER TABLE "purchasing"."supplier_invoice" ADD COLUMN "signed_net" numeric(19, 2) GENERATED ALWAYS AS (case kind when 'CREDIT_NOTE' then -net else net end) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "purchasing"."supplier_invoice" ADD COLUMN "signed_tax" numeric(19, 2) GENERATED ALWAYS AS (case kind when 'CREDIT_NOTE' then -tax else tax end) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "purchasing"."supplier_invoice" ADD COLUMN "signed_gross" numeric(19, 2) GENERATED ALWAYS AS (case kind when 'CREDIT_NOTE' then -gross else gross end) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "purchasing"."supplier_invoice" ADD COLUMN "signed_open_amount" numeric(19, 2) GENERATED ALWAYS AS (case kind when 'CREDIT_NOTE' then -open_amount else open_amount end) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "purchasing"."supplier_invoice" ADD COLUMN "corrects_id" uuid;--> statement-breakpoint
CREATE INDEX "supplier_invoice_by_corrected" ON "purchasing"."supplier_invoice" USING btree ("tenant_id","corrects_id") WHERE corrects_id is not null;--> statement-breakpoint
CREATE INDEX "supplier_invoice_by_signed_gross" ON "purchasing"."supplier_invoice" USING btree ("tenant_id","signed_gross","id");--> statement-breakpoint
CREATE INDEX "supplier_invoice_by_signed_open" ON "purchasing"."supplier_invoice" USING btree ("tenant_id","signed_open_amount","id");--> statement-breakpoint
ALTER TABLE "purchasing"."supplier_invoice" ADD CONSTRAINT "supplier_invoice_kind" CHECK (kind = 'CREDIT_NOTE' or (kind = 'INVOICE' and corrects_id is null));
--> statement-breakpoint
-- What a posted document is, and corrects, stays as well.
DROP TRIGGER keep_posted ON purchasing.supplier_invoice;
--> statement-breakpoint
CREATE TRIGGER keep_posted BEFORE UPDATE OF kind, number, supplier_id, supplier_name, supplier_number, issued_on, supplied_on, due_on,
  currency, net, tax, gross, line_count, note, external_source, external_number, stated_gross, order_id, corrects_id, differences, check_note,
  checked_by, journal_entry_id, posted_at, created_by
  ON purchasing.supplier_invoice FOR EACH ROW WHEN (OLD.posted_at IS NOT NULL) EXECUTE FUNCTION purchasing.refuse_posted();
