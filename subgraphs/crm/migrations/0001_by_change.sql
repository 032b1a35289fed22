CREATE INDEX "activity_by_change" ON "crm"."activity" USING btree ("tenant_id","updated_at","id");--> statement-breakpoint
CREATE INDEX "opportunity_by_change" ON "crm"."opportunity" USING btree ("tenant_id","updated_at","id");--> statement-breakpoint
CREATE INDEX "business_partner_by_change" ON "crm"."business_partner" USING btree ("tenant_id","updated_at","id");