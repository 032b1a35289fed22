ALTER TABLE "sales"."delivery_line" ADD COLUMN "returned" numeric(15, 4) DEFAULT '0' NOT NULL;--> statement-breakpoint
ALTER TABLE "sales"."sales_invoice" ADD COLUMN "corrects_id" uuid;--> statement-breakpoint
CREATE INDEX "sales_invoice_by_corrected" ON "sales"."sales_invoice" USING btree ("tenant_id","corrects_id") WHERE corrects_id is not null;--> statement-breakpoint
ALTER TABLE "sales"."delivery_line" ADD CONSTRAINT "delivery_line_returned" CHECK (returned between 0 and quantity);--> statement-breakpoint
ALTER TABLE "sales"."sales_invoice" ADD CONSTRAINT "sales_invoice_credit_notes_correct" CHECK (corrects_id is null or kind = 'CREDIT_NOTE');
--> statement-breakpoint
-- What a posted credit note corrects stays as well.
DROP TRIGGER keep_posted ON sales.sales_invoice;
--> statement-breakpoint
CREATE TRIGGER keep_posted BEFORE UPDATE OF kind, number, customer_id, customer_name, customer_number, customer_vat_id,
  customer_address, country, seller, issued_on, supplied_on, due_on, payment_term_days, currency, net, tax, gross, line_count, note, reference,
  external_source, external_number, journal_entry_id, corrects_id, cancels_id, order_id, posted_at, created_by
  ON sales.sales_invoice FOR EACH ROW WHEN (OLD.status <> 'DRAFT') EXECUTE FUNCTION sales.refuse_posted();
--> statement-breakpoint
-- Deliveries of all companies that have come back did so as a whole until now. The owner sees them only while the rows of a company
-- are not kept from him, and nobody is to be told of what has not changed.
ALTER TABLE sales.delivery NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE sales.delivery_line NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE sales.delivery_line DISABLE TRIGGER USER;
--> statement-breakpoint
UPDATE sales.delivery_line l SET returned = l.quantity FROM sales.delivery d WHERE d.id = l.delivery_id AND d.status = 'RETURNED';
--> statement-breakpoint
ALTER TABLE sales.delivery_line ENABLE TRIGGER USER;
--> statement-breakpoint
ALTER TABLE sales.delivery_line FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE sales.delivery FORCE ROW LEVEL SECURITY;
