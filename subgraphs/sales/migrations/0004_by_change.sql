CREATE INDEX "delivery_by_change" ON "sales"."delivery" USING btree ("tenant_id","updated_at","id");--> statement-breakpoint
CREATE INDEX "sales_invoice_by_change" ON "sales"."sales_invoice" USING btree ("tenant_id","updated_at","id");--> statement-breakpoint
CREATE INDEX "sales_order_by_change" ON "sales"."sales_order" USING btree ("tenant_id","updated_at","id");--> statement-breakpoint
CREATE INDEX "quote_by_change" ON "sales"."quote" USING btree ("tenant_id","updated_at","id");