CREATE TABLE "purchasing"."supplier_invoice" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"number" text NOT NULL,
	"supplier_id" uuid NOT NULL,
	"supplier_name" text COLLATE "de-x-icu" NOT NULL,
	"line_count" integer NOT NULL,
	"note" text,
	"external_source" text,
	"external_number" text,
	"created_by" uuid,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"net" numeric(19, 2) NOT NULL,
	"tax" numeric(19, 2) NOT NULL,
	"gross" numeric(19, 2) NOT NULL,
	"status" text NOT NULL,
	"supplier_number" text NOT NULL,
	"issued_on" date NOT NULL,
	"issued_year" integer GENERATED ALWAYS AS (extract(year from issued_on)::int) STORED NOT NULL,
	"supplied_on" date NOT NULL,
	"due_on" date NOT NULL,
	"open_amount" numeric(19, 2) NOT NULL,
	"stated_gross" numeric(19, 2),
	"order_id" uuid,
	"differences" jsonb NOT NULL,
	"check_note" text,
	"checked_by" uuid,
	"journal_entry_id" uuid,
	"cancel_entry_id" uuid,
	"cancel_reason" text,
	"posted_at" timestamp with time zone,
	CONSTRAINT "supplier_invoice_total" CHECK (gross = net + tax),
	CONSTRAINT "supplier_invoice_open" CHECK (open_amount between 0 and gross)
);
--> statement-breakpoint
CREATE TABLE "purchasing"."supplier_invoice_line" (
	"tenant_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"article_id" uuid,
	"description" text NOT NULL,
	"quantity" numeric(15, 4) NOT NULL,
	"unit_price" numeric(15, 4) NOT NULL,
	"tax_code" text NOT NULL,
	"net" numeric(19, 2) NOT NULL,
	"account" text,
	"order_line" integer,
	CONSTRAINT "supplier_invoice_line_invoice_id_position_pk" PRIMARY KEY("invoice_id","position")
);
--> statement-breakpoint
CREATE TABLE "purchasing"."supplier_payment" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"amount" numeric(19, 2) NOT NULL,
	"paid_on" date NOT NULL,
	"account" text NOT NULL,
	"journal_entry_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "purchasing"."number_range" (
	"tenant_id" uuid NOT NULL,
	"range" text NOT NULL,
	"year" integer NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "number_range_tenant_id_range_year_pk" PRIMARY KEY("tenant_id","range","year")
);
--> statement-breakpoint
CREATE TABLE "purchasing"."purchase_order" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"number" text NOT NULL,
	"supplier_id" uuid NOT NULL,
	"supplier_name" text COLLATE "de-x-icu" NOT NULL,
	"line_count" integer NOT NULL,
	"note" text,
	"external_source" text,
	"external_number" text,
	"created_by" uuid,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"net" numeric(19, 2) NOT NULL,
	"tax" numeric(19, 2) NOT NULL,
	"gross" numeric(19, 2) NOT NULL,
	"status" text NOT NULL,
	"ordered_on" date NOT NULL,
	"expected_on" date,
	CONSTRAINT "purchase_order_total" CHECK (gross = net + tax)
);
--> statement-breakpoint
CREATE TABLE "purchasing"."purchase_order_line" (
	"tenant_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"article_id" uuid NOT NULL,
	"sku" text NOT NULL,
	"description" text NOT NULL,
	"unit" text NOT NULL,
	"quantity" numeric(15, 4) NOT NULL,
	"unit_price" numeric(15, 4) NOT NULL,
	"tax_code" text NOT NULL,
	"net" numeric(19, 2) NOT NULL,
	"received" numeric(15, 4) DEFAULT '0' NOT NULL,
	"rejected" numeric(15, 4) DEFAULT '0' NOT NULL,
	"billed" numeric(15, 4) DEFAULT '0' NOT NULL,
	CONSTRAINT "purchase_order_line_order_id_position_pk" PRIMARY KEY("order_id","position")
);
--> statement-breakpoint
CREATE TABLE "purchasing"."goods_receipt" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"number" text NOT NULL,
	"supplier_id" uuid NOT NULL,
	"supplier_name" text COLLATE "de-x-icu" NOT NULL,
	"line_count" integer NOT NULL,
	"note" text,
	"external_source" text,
	"external_number" text,
	"created_by" uuid,
	"status" text NOT NULL,
	"received_on" date NOT NULL,
	"delivery_note" text,
	"warehouse_id" uuid,
	"order_id" uuid
);
--> statement-breakpoint
CREATE TABLE "purchasing"."goods_receipt_line" (
	"tenant_id" uuid NOT NULL,
	"receipt_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"article_id" uuid NOT NULL,
	"sku" text NOT NULL,
	"description" text NOT NULL,
	"unit" text NOT NULL,
	"received" numeric(15, 4) NOT NULL,
	"rejected" numeric(15, 4) NOT NULL,
	"order_line" integer,
	CONSTRAINT "goods_receipt_line_receipt_id_position_pk" PRIMARY KEY("receipt_id","position"),
	CONSTRAINT "goods_receipt_rejected" CHECK (rejected between 0 and received)
);
--> statement-breakpoint
ALTER TABLE "purchasing"."supplier_invoice_line" ADD CONSTRAINT "supplier_invoice_line_invoice_id_supplier_invoice_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "purchasing"."supplier_invoice"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "purchasing"."supplier_payment" ADD CONSTRAINT "supplier_payment_invoice_id_supplier_invoice_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "purchasing"."supplier_invoice"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "purchasing"."purchase_order_line" ADD CONSTRAINT "purchase_order_line_order_id_purchase_order_id_fk" FOREIGN KEY ("order_id") REFERENCES "purchasing"."purchase_order"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "purchasing"."goods_receipt_line" ADD CONSTRAINT "goods_receipt_line_receipt_id_goods_receipt_id_fk" FOREIGN KEY ("receipt_id") REFERENCES "purchasing"."goods_receipt"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "supplier_invoice_number" ON "purchasing"."supplier_invoice" USING btree ("tenant_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "supplier_invoice_external" ON "purchasing"."supplier_invoice" USING btree ("tenant_id","external_source","external_number");--> statement-breakpoint
CREATE UNIQUE INDEX "supplier_invoice_once" ON "purchasing"."supplier_invoice" USING btree ("tenant_id","supplier_id","supplier_number","issued_year") WHERE status <> 'CANCELLED';--> statement-breakpoint
CREATE INDEX "supplier_invoice_by_day" ON "purchasing"."supplier_invoice" USING btree ("tenant_id","issued_on","id");--> statement-breakpoint
CREATE INDEX "supplier_invoice_by_number" ON "purchasing"."supplier_invoice" USING btree ("tenant_id","number","id");--> statement-breakpoint
CREATE INDEX "supplier_invoice_by_due" ON "purchasing"."supplier_invoice" USING btree ("tenant_id","due_on","id");--> statement-breakpoint
CREATE INDEX "supplier_invoice_by_gross" ON "purchasing"."supplier_invoice" USING btree ("tenant_id","gross","id");--> statement-breakpoint
CREATE INDEX "supplier_invoice_by_open" ON "purchasing"."supplier_invoice" USING btree ("tenant_id","open_amount","id");--> statement-breakpoint
CREATE INDEX "supplier_invoice_by_supplier_name" ON "purchasing"."supplier_invoice" USING btree ("tenant_id","supplier_name","id");--> statement-breakpoint
CREATE INDEX "supplier_invoice_by_status" ON "purchasing"."supplier_invoice" USING btree ("tenant_id","status","issued_on","id");--> statement-breakpoint
CREATE INDEX "supplier_invoice_by_supplier" ON "purchasing"."supplier_invoice" USING btree ("tenant_id","supplier_id","issued_on","id");--> statement-breakpoint
CREATE INDEX "supplier_invoice_by_order" ON "purchasing"."supplier_invoice" USING btree ("tenant_id","order_id") WHERE order_id is not null;--> statement-breakpoint
CREATE INDEX "supplier_invoice_line_by_article" ON "purchasing"."supplier_invoice_line" USING btree ("tenant_id","article_id");--> statement-breakpoint
CREATE INDEX "supplier_payment_of_invoice" ON "purchasing"."supplier_payment" USING btree ("tenant_id","invoice_id");--> statement-breakpoint
CREATE UNIQUE INDEX "purchase_order_number" ON "purchasing"."purchase_order" USING btree ("tenant_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "purchase_order_external" ON "purchasing"."purchase_order" USING btree ("tenant_id","external_source","external_number");--> statement-breakpoint
CREATE INDEX "purchase_order_by_day" ON "purchasing"."purchase_order" USING btree ("tenant_id","ordered_on","id");--> statement-breakpoint
CREATE INDEX "purchase_order_by_number" ON "purchasing"."purchase_order" USING btree ("tenant_id","number","id");--> statement-breakpoint
CREATE INDEX "purchase_order_by_gross" ON "purchasing"."purchase_order" USING btree ("tenant_id","gross","id");--> statement-breakpoint
CREATE INDEX "purchase_order_by_supplier_name" ON "purchasing"."purchase_order" USING btree ("tenant_id","supplier_name","id");--> statement-breakpoint
CREATE INDEX "purchase_order_by_status" ON "purchasing"."purchase_order" USING btree ("tenant_id","status","ordered_on","id");--> statement-breakpoint
CREATE INDEX "purchase_order_by_supplier" ON "purchasing"."purchase_order" USING btree ("tenant_id","supplier_id","ordered_on","id");--> statement-breakpoint
CREATE INDEX "purchase_order_line_by_article" ON "purchasing"."purchase_order_line" USING btree ("tenant_id","article_id");--> statement-breakpoint
CREATE UNIQUE INDEX "goods_receipt_number" ON "purchasing"."goods_receipt" USING btree ("tenant_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "goods_receipt_external" ON "purchasing"."goods_receipt" USING btree ("tenant_id","external_source","external_number");--> statement-breakpoint
CREATE INDEX "goods_receipt_by_day" ON "purchasing"."goods_receipt" USING btree ("tenant_id","received_on","id");--> statement-breakpoint
CREATE INDEX "goods_receipt_by_number" ON "purchasing"."goods_receipt" USING btree ("tenant_id","number","id");--> statement-breakpoint
CREATE INDEX "goods_receipt_by_supplier_name" ON "purchasing"."goods_receipt" USING btree ("tenant_id","supplier_name","id");--> statement-breakpoint
CREATE INDEX "goods_receipt_by_status" ON "purchasing"."goods_receipt" USING btree ("tenant_id","status","received_on","id");--> statement-breakpoint
CREATE INDEX "goods_receipt_by_supplier" ON "purchasing"."goods_receipt" USING btree ("tenant_id","supplier_id","received_on","id");--> statement-breakpoint
CREATE INDEX "goods_receipt_by_order" ON "purchasing"."goods_receipt" USING btree ("tenant_id","order_id") WHERE order_id is not null;