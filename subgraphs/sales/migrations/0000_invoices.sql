CREATE TABLE "sales"."number_range" (
	"tenant_id" uuid NOT NULL,
	"range" text NOT NULL,
	"year" integer NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "number_range_tenant_id_range_year_pk" PRIMARY KEY("tenant_id","range","year")
);
--> statement-breakpoint
CREATE TABLE "sales"."payment" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"amount" numeric(19, 2) NOT NULL,
	"received_on" date NOT NULL,
	"account" text NOT NULL,
	"journal_entry_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sales"."sales_invoice" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"kind" text NOT NULL,
	"number" text,
	"number_key" text GENERATED ALWAYS AS (coalesce(number, '')) STORED NOT NULL,
	"status" text NOT NULL,
	"payment_status" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"customer_name" text COLLATE "de-x-icu" NOT NULL,
	"customer_number" text NOT NULL,
	"customer_vat_id" text,
	"customer_address" jsonb,
	"country" text NOT NULL,
	"seller" jsonb,
	"issued_on" date NOT NULL,
	"supplied_on" date NOT NULL,
	"due_on" date NOT NULL,
	"payment_term_days" integer NOT NULL,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"net" numeric(19, 2) NOT NULL,
	"tax" numeric(19, 2) NOT NULL,
	"gross" numeric(19, 2) NOT NULL,
	"open_amount" numeric(19, 2) NOT NULL,
	"line_count" integer NOT NULL,
	"note" text,
	"reference" text,
	"external_source" text,
	"external_number" text,
	"journal_entry_id" uuid,
	"cancels_id" uuid,
	"cancelled_by_id" uuid,
	"cancel_reason" text,
	"order_id" uuid,
	"posted_at" timestamp with time zone,
	"created_by" uuid,
	CONSTRAINT "sales_invoice_draft_has_no_number" CHECK ((status = 'DRAFT') = (number is null)),
	CONSTRAINT "sales_invoice_total" CHECK (gross = net + tax),
	CONSTRAINT "sales_invoice_open" CHECK (open_amount between 0 and gross)
);
--> statement-breakpoint
CREATE TABLE "sales"."sales_invoice_line" (
	"tenant_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"article_id" uuid NOT NULL,
	"sku" text NOT NULL,
	"description" text NOT NULL,
	"unit" text NOT NULL,
	"quantity" numeric(15, 4) NOT NULL,
	"unit_price" numeric(15, 4) NOT NULL,
	"tax_code" text NOT NULL,
	"net" numeric(19, 2) NOT NULL,
	"delivery_id" uuid,
	CONSTRAINT "sales_invoice_line_invoice_id_position_pk" PRIMARY KEY("invoice_id","position")
);
--> statement-breakpoint
CREATE TABLE "sales"."sales_invoice_tax" (
	"tenant_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"tax_code" text NOT NULL,
	"rate" numeric(5, 2) NOT NULL,
	"net" numeric(19, 2) NOT NULL,
	"tax" numeric(19, 2) NOT NULL,
	CONSTRAINT "sales_invoice_tax_invoice_id_tax_code_pk" PRIMARY KEY("invoice_id","tax_code")
);
--> statement-breakpoint
ALTER TABLE "sales"."payment" ADD CONSTRAINT "payment_invoice_id_sales_invoice_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "sales"."sales_invoice"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales"."sales_invoice_line" ADD CONSTRAINT "sales_invoice_line_invoice_id_sales_invoice_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "sales"."sales_invoice"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales"."sales_invoice_tax" ADD CONSTRAINT "sales_invoice_tax_invoice_id_sales_invoice_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "sales"."sales_invoice"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "payment_of_invoice" ON "sales"."payment" USING btree ("tenant_id","invoice_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sales_invoice_number" ON "sales"."sales_invoice" USING btree ("tenant_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "sales_invoice_external" ON "sales"."sales_invoice" USING btree ("tenant_id","external_source","external_number");--> statement-breakpoint
CREATE INDEX "sales_invoice_by_day" ON "sales"."sales_invoice" USING btree ("tenant_id","issued_on","id");--> statement-breakpoint
CREATE INDEX "sales_invoice_by_number" ON "sales"."sales_invoice" USING btree ("tenant_id","number_key","id");--> statement-breakpoint
CREATE INDEX "sales_invoice_by_gross" ON "sales"."sales_invoice" USING btree ("tenant_id","gross","id");--> statement-breakpoint
CREATE INDEX "sales_invoice_by_due" ON "sales"."sales_invoice" USING btree ("tenant_id","due_on","id");--> statement-breakpoint
CREATE INDEX "sales_invoice_by_customer_name" ON "sales"."sales_invoice" USING btree ("tenant_id","customer_name","id");--> statement-breakpoint
CREATE INDEX "sales_invoice_by_open" ON "sales"."sales_invoice" USING btree ("tenant_id","open_amount","id");--> statement-breakpoint
CREATE INDEX "sales_invoice_by_status" ON "sales"."sales_invoice" USING btree ("tenant_id","status","issued_on","id");--> statement-breakpoint
CREATE INDEX "sales_invoice_by_customer" ON "sales"."sales_invoice" USING btree ("tenant_id","customer_id","issued_on","id");--> statement-breakpoint
CREATE INDEX "sales_invoice_line_by_article" ON "sales"."sales_invoice_line" USING btree ("tenant_id","article_id");