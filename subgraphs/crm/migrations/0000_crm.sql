CREATE TABLE "crm"."activity" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"kind" text NOT NULL,
	"subject" text COLLATE "de-x-icu" NOT NULL,
	"body" text,
	"partner_id" uuid,
	"opportunity_id" uuid,
	"due_on" date,
	"done_at" timestamp with time zone,
	"status" text GENERATED ALWAYS AS (case when done_at is null then 'OPEN' else 'DONE' end) STORED NOT NULL,
	"due_order" date GENERATED ALWAYS AS (coalesce(due_on, '9999-12-31'::date)) STORED NOT NULL,
	CONSTRAINT "activity_kind" CHECK (kind in ('CALL','EMAIL','MEETING','NOTE','TASK'))
);
--> statement-breakpoint
CREATE TABLE "crm"."opportunity" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"title" text COLLATE "de-x-icu" NOT NULL,
	"partner_id" uuid NOT NULL,
	"stage" text NOT NULL,
	"expected_amount" numeric(17, 2) NOT NULL,
	"probability" integer NOT NULL,
	"expected_close_on" date NOT NULL,
	"closed_at" timestamp with time zone,
	"loss_reason" text,
	"note" text,
	CONSTRAINT "opportunity_stage" CHECK (stage in ('NEW','QUALIFIED','PROPOSAL','NEGOTIATION','WON','LOST')),
	CONSTRAINT "opportunity_probability" CHECK (probability between 0 and 100),
	CONSTRAINT "opportunity_amount" CHECK (expected_amount >= 0)
);
--> statement-breakpoint
CREATE TABLE "crm"."business_partner" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"number" text NOT NULL,
	"name" text COLLATE "de-x-icu" NOT NULL,
	"kinds" text[] NOT NULL,
	"country" text NOT NULL,
	"vat_id" text,
	"email" text,
	"phone" text,
	"website" text,
	"language" text DEFAULT 'de' NOT NULL,
	"payment_term_days" integer DEFAULT 14 NOT NULL,
	"credit_limit" numeric(17, 2),
	"iban" text,
	"billing_address" jsonb,
	"shipping_addresses" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"city" text COLLATE "de-x-icu" GENERATED ALWAYS AS (coalesce(billing_address ->> 'city', '')) STORED NOT NULL,
	"external_source" text,
	"external_number" text,
	"note" text,
	CONSTRAINT "business_partner_kinds" CHECK (cardinality(kinds) > 0 and kinds <@ array['CUSTOMER','SUPPLIER','PROSPECT']),
	CONSTRAINT "business_partner_external_whole" CHECK ((external_source is null) = (external_number is null)),
	CONSTRAINT "business_partner_term" CHECK (payment_term_days between 0 and 365)
);
--> statement-breakpoint
CREATE TABLE "crm"."contact" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"partner_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"name" text NOT NULL,
	"role" text,
	"email" text,
	"phone" text
);
--> statement-breakpoint
CREATE TABLE "crm"."partner_range" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"next" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "crm"."activity" ADD CONSTRAINT "activity_partner_id_business_partner_id_fk" FOREIGN KEY ("partner_id") REFERENCES "crm"."business_partner"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."activity" ADD CONSTRAINT "activity_opportunity_id_opportunity_id_fk" FOREIGN KEY ("opportunity_id") REFERENCES "crm"."opportunity"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."opportunity" ADD CONSTRAINT "opportunity_partner_id_business_partner_id_fk" FOREIGN KEY ("partner_id") REFERENCES "crm"."business_partner"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm"."contact" ADD CONSTRAINT "contact_partner_id_business_partner_id_fk" FOREIGN KEY ("partner_id") REFERENCES "crm"."business_partner"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "activity_by_creation" ON "crm"."activity" USING btree ("tenant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "activity_by_subject" ON "crm"."activity" USING btree ("tenant_id","subject","id");--> statement-breakpoint
CREATE INDEX "activity_by_due" ON "crm"."activity" USING btree ("tenant_id","due_order","id");--> statement-breakpoint
CREATE INDEX "activity_by_status" ON "crm"."activity" USING btree ("tenant_id","status","created_at","id");--> statement-breakpoint
CREATE INDEX "activity_of_partner" ON "crm"."activity" USING btree ("tenant_id","partner_id","created_at","id");--> statement-breakpoint
CREATE INDEX "activity_of_opportunity" ON "crm"."activity" USING btree ("tenant_id","opportunity_id","created_at","id");--> statement-breakpoint
CREATE INDEX "opportunity_by_creation" ON "crm"."opportunity" USING btree ("tenant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "opportunity_by_title" ON "crm"."opportunity" USING btree ("tenant_id","title","id");--> statement-breakpoint
CREATE INDEX "opportunity_by_close" ON "crm"."opportunity" USING btree ("tenant_id","expected_close_on","id");--> statement-breakpoint
CREATE INDEX "opportunity_by_amount" ON "crm"."opportunity" USING btree ("tenant_id","expected_amount","id");--> statement-breakpoint
CREATE INDEX "opportunity_by_stage" ON "crm"."opportunity" USING btree ("tenant_id","stage","created_at","id");--> statement-breakpoint
CREATE INDEX "opportunity_of_partner" ON "crm"."opportunity" USING btree ("tenant_id","partner_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "business_partner_number" ON "crm"."business_partner" USING btree ("tenant_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "business_partner_external" ON "crm"."business_partner" USING btree ("tenant_id","external_source","external_number");--> statement-breakpoint
CREATE INDEX "business_partner_by_name" ON "crm"."business_partner" USING btree ("tenant_id","name","id");--> statement-breakpoint
CREATE INDEX "business_partner_by_number" ON "crm"."business_partner" USING btree ("tenant_id","number","id");--> statement-breakpoint
CREATE INDEX "business_partner_by_country" ON "crm"."business_partner" USING btree ("tenant_id","country","id");--> statement-breakpoint
CREATE INDEX "business_partner_by_city" ON "crm"."business_partner" USING btree ("tenant_id","city","id");--> statement-breakpoint
CREATE INDEX "business_partner_by_creation" ON "crm"."business_partner" USING btree ("tenant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "contact_of_partner" ON "crm"."contact" USING btree ("tenant_id","partner_id","position");