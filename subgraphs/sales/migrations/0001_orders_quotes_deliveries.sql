CREATE TABLE "sales"."delivery" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"number" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"customer_name" text COLLATE "de-x-icu" NOT NULL,
	"customer_number" text NOT NULL,
	"customer_address" jsonb,
	"country" text NOT NULL,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"net" numeric(19, 2) NOT NULL,
	"tax" numeric(19, 2) NOT NULL,
	"gross" numeric(19, 2) NOT NULL,
	"line_count" integer NOT NULL,
	"note" text,
	"reference" text,
	"external_source" text,
	"external_number" text,
	"created_by" uuid,
	"status" text NOT NULL,
	"deliver_on" date NOT NULL,
	"returned_on" date,
	"return_reason" text,
	"address" jsonb,
	"warehouse_id" uuid,
	"order_id" uuid,
	"invoiced" boolean DEFAULT false NOT NULL,
	CONSTRAINT "delivery_returned" CHECK ((status = 'RETURNED') = (returned_on is not null))
);
--> statement-breakpoint
CREATE TABLE "sales"."delivery_line" (
	"tenant_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"article_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"sku" text NOT NULL,
	"description" text NOT NULL,
	"unit" text NOT NULL,
	"quantity" numeric(15, 4) NOT NULL,
	"unit_price" numeric(15, 4) NOT NULL,
	"tax_code" text NOT NULL,
	"net" numeric(19, 2) NOT NULL,
	"delivery_id" uuid NOT NULL,
	"order_line" integer,
	CONSTRAINT "delivery_line_delivery_id_position_pk" PRIMARY KEY("delivery_id","position")
);
--> statement-breakpoint
CREATE TABLE "sales"."sales_order" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"number" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"customer_name" text COLLATE "de-x-icu" NOT NULL,
	"customer_number" text NOT NULL,
	"customer_address" jsonb,
	"country" text NOT NULL,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"net" numeric(19, 2) NOT NULL,
	"tax" numeric(19, 2) NOT NULL,
	"gross" numeric(19, 2) NOT NULL,
	"line_count" integer NOT NULL,
	"note" text,
	"reference" text,
	"external_source" text,
	"external_number" text,
	"created_by" uuid,
	"status" text NOT NULL,
	"delivery_status" text NOT NULL,
	"invoice_status" text NOT NULL,
	"ordered_on" date NOT NULL,
	"requested_on" date,
	"quote_id" uuid,
	"cancel_reason" text,
	CONSTRAINT "sales_order_total" CHECK (gross = net + tax)
);
--> statement-breakpoint
CREATE TABLE "sales"."sales_order_line" (
	"tenant_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"article_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"sku" text NOT NULL,
	"description" text NOT NULL,
	"unit" text NOT NULL,
	"quantity" numeric(15, 4) NOT NULL,
	"unit_price" numeric(15, 4) NOT NULL,
	"tax_code" text NOT NULL,
	"net" numeric(19, 2) NOT NULL,
	"order_id" uuid NOT NULL,
	"delivered" numeric(15, 4) DEFAULT '0' NOT NULL,
	"invoiced" numeric(15, 4) DEFAULT '0' NOT NULL,
	CONSTRAINT "sales_order_line_order_id_position_pk" PRIMARY KEY("order_id","position"),
	CONSTRAINT "sales_order_line_quantities" CHECK (delivered >= 0 and invoiced >= 0)
);
--> statement-breakpoint
CREATE TABLE "sales"."quote" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"number" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"customer_name" text COLLATE "de-x-icu" NOT NULL,
	"customer_number" text NOT NULL,
	"customer_address" jsonb,
	"country" text NOT NULL,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"net" numeric(19, 2) NOT NULL,
	"tax" numeric(19, 2) NOT NULL,
	"gross" numeric(19, 2) NOT NULL,
	"line_count" integer NOT NULL,
	"note" text,
	"reference" text,
	"external_source" text,
	"external_number" text,
	"created_by" uuid,
	"status" text NOT NULL,
	"quoted_on" date NOT NULL,
	"valid_until" date NOT NULL,
	"order_id" uuid,
	CONSTRAINT "quote_total" CHECK (gross = net + tax),
	CONSTRAINT "quote_converted_has_order" CHECK ((status = 'CONVERTED') = (order_id is not null))
);
--> statement-breakpoint
CREATE TABLE "sales"."quote_line" (
	"tenant_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"article_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"sku" text NOT NULL,
	"description" text NOT NULL,
	"unit" text NOT NULL,
	"quantity" numeric(15, 4) NOT NULL,
	"unit_price" numeric(15, 4) NOT NULL,
	"tax_code" text NOT NULL,
	"net" numeric(19, 2) NOT NULL,
	"quote_id" uuid NOT NULL,
	CONSTRAINT "quote_line_quote_id_position_pk" PRIMARY KEY("quote_id","position")
);
--> statement-breakpoint
ALTER TABLE "sales"."sales_invoice_line" ADD COLUMN "order_line" integer;--> statement-breakpoint
ALTER TABLE "sales"."delivery_line" ADD CONSTRAINT "delivery_line_delivery_id_delivery_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "sales"."delivery"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales"."sales_order_line" ADD CONSTRAINT "sales_order_line_order_id_sales_order_id_fk" FOREIGN KEY ("order_id") REFERENCES "sales"."sales_order"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales"."quote_line" ADD CONSTRAINT "quote_line_quote_id_quote_id_fk" FOREIGN KEY ("quote_id") REFERENCES "sales"."quote"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "delivery_number" ON "sales"."delivery" USING btree ("tenant_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "delivery_external" ON "sales"."delivery" USING btree ("tenant_id","external_source","external_number");--> statement-breakpoint
CREATE INDEX "delivery_by_day" ON "sales"."delivery" USING btree ("tenant_id","deliver_on","id");--> statement-breakpoint
CREATE INDEX "delivery_by_number" ON "sales"."delivery" USING btree ("tenant_id","number","id");--> statement-breakpoint
CREATE INDEX "delivery_by_customer_name" ON "sales"."delivery" USING btree ("tenant_id","customer_name","id");--> statement-breakpoint
CREATE INDEX "delivery_by_status" ON "sales"."delivery" USING btree ("tenant_id","status","deliver_on","id");--> statement-breakpoint
CREATE INDEX "delivery_by_customer" ON "sales"."delivery" USING btree ("tenant_id","customer_id","deliver_on","id");--> statement-breakpoint
CREATE INDEX "delivery_by_order" ON "sales"."delivery" USING btree ("tenant_id","order_id","deliver_on","id") WHERE order_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "sales_order_number" ON "sales"."sales_order" USING btree ("tenant_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "sales_order_external" ON "sales"."sales_order" USING btree ("tenant_id","external_source","external_number");--> statement-breakpoint
CREATE INDEX "sales_order_by_day" ON "sales"."sales_order" USING btree ("tenant_id","ordered_on","id");--> statement-breakpoint
CREATE INDEX "sales_order_by_number" ON "sales"."sales_order" USING btree ("tenant_id","number","id");--> statement-breakpoint
CREATE INDEX "sales_order_by_gross" ON "sales"."sales_order" USING btree ("tenant_id","gross","id");--> statement-breakpoint
CREATE INDEX "sales_order_by_customer_name" ON "sales"."sales_order" USING btree ("tenant_id","customer_name","id");--> statement-breakpoint
CREATE INDEX "sales_order_by_status" ON "sales"."sales_order" USING btree ("tenant_id","status","ordered_on","id");--> statement-breakpoint
CREATE INDEX "sales_order_by_customer" ON "sales"."sales_order" USING btree ("tenant_id","customer_id","ordered_on","id");--> statement-breakpoint
CREATE INDEX "sales_order_by_quote" ON "sales"."sales_order" USING btree ("tenant_id","quote_id") WHERE quote_id is not null;--> statement-breakpoint
CREATE INDEX "sales_order_line_by_article" ON "sales"."sales_order_line" USING btree ("tenant_id","article_id");--> statement-breakpoint
CREATE UNIQUE INDEX "quote_number" ON "sales"."quote" USING btree ("tenant_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "quote_external" ON "sales"."quote" USING btree ("tenant_id","external_source","external_number");--> statement-breakpoint
CREATE INDEX "quote_by_day" ON "sales"."quote" USING btree ("tenant_id","quoted_on","id");--> statement-breakpoint
CREATE INDEX "quote_by_number" ON "sales"."quote" USING btree ("tenant_id","number","id");--> statement-breakpoint
CREATE INDEX "quote_by_gross" ON "sales"."quote" USING btree ("tenant_id","gross","id");--> statement-breakpoint
CREATE INDEX "quote_by_validity" ON "sales"."quote" USING btree ("tenant_id","valid_until","id");--> statement-breakpoint
CREATE INDEX "quote_by_customer_name" ON "sales"."quote" USING btree ("tenant_id","customer_name","id");--> statement-breakpoint
CREATE INDEX "quote_by_status" ON "sales"."quote" USING btree ("tenant_id","status","quoted_on","id");--> statement-breakpoint
CREATE INDEX "quote_by_customer" ON "sales"."quote" USING btree ("tenant_id","customer_id","quoted_on","id");--> statement-breakpoint
CREATE INDEX "sales_invoice_by_order" ON "sales"."sales_invoice" USING btree ("tenant_id","order_id") WHERE order_id is not null;--> statement-breakpoint
CREATE INDEX "sales_invoice_line_by_delivery" ON "sales"."sales_invoice_line" USING btree ("delivery_id") WHERE delivery_id is not null;