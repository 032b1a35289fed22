CREATE TABLE "inventory"."article" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"sku" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"kind" text DEFAULT 'GOODS' NOT NULL,
	"unit" text NOT NULL,
	"price" numeric(15, 4) NOT NULL,
	"tax_code" text NOT NULL,
	"category" text DEFAULT '' NOT NULL,
	"reorder_point" numeric(15, 4),
	"pack_size" numeric(15, 4),
	"external_source" text,
	"external_number" text,
	"active" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "article_sku" UNIQUE("tenant_id","sku")
);
--> statement-breakpoint
CREATE TABLE "inventory"."article_price" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"article_id" uuid NOT NULL,
	"valid_from" date NOT NULL,
	"price" numeric(15, 4) NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "article_price_day" UNIQUE("tenant_id","article_id","valid_from")
);
--> statement-breakpoint
CREATE TABLE "inventory"."stock_balance" (
	"tenant_id" uuid NOT NULL,
	"article_id" uuid NOT NULL,
	"warehouse_id" uuid NOT NULL,
	"on_hand" numeric(19, 4) NOT NULL,
	CONSTRAINT "stock_balance_tenant_id_article_id_warehouse_id_pk" PRIMARY KEY("tenant_id","article_id","warehouse_id")
);
--> statement-breakpoint
CREATE TABLE "inventory"."stock_movement" (
	"id" uuid NOT NULL,
	"tenant_id" uuid NOT NULL,
	"year" integer NOT NULL,
	"article_id" uuid NOT NULL,
	"warehouse_id" uuid NOT NULL,
	"quantity" numeric(15, 4) NOT NULL,
	"kind" text NOT NULL,
	"reason" text,
	"derived" boolean DEFAULT false NOT NULL,
	"source_type" text NOT NULL,
	"source_id" uuid,
	"source_line" integer,
	"external_number" text,
	"moved_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"user_id" uuid,
	CONSTRAINT "stock_movement_id_year_pk" PRIMARY KEY("id","year")
) PARTITION BY LIST (year);
--> statement-breakpoint
CREATE TABLE "inventory"."warehouse" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"standard" boolean DEFAULT false NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "warehouse_code" UNIQUE("tenant_id","code")
);
--> statement-breakpoint
ALTER TABLE "inventory"."article_price" ADD CONSTRAINT "article_price_article_id_article_id_fk" FOREIGN KEY ("article_id") REFERENCES "inventory"."article"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "article_external" ON "inventory"."article" USING btree ("tenant_id","external_source","external_number") WHERE external_number is not null;--> statement-breakpoint
CREATE INDEX "article_by_sku" ON "inventory"."article" USING btree ("tenant_id","sku","id");--> statement-breakpoint
CREATE INDEX "article_by_name" ON "inventory"."article" USING btree ("tenant_id","name","id");--> statement-breakpoint
CREATE INDEX "article_by_price" ON "inventory"."article" USING btree ("tenant_id","price","id");--> statement-breakpoint
CREATE INDEX "article_by_creation" ON "inventory"."article" USING btree ("tenant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "article_name_search" ON "inventory"."article" USING gin ("name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "stock_movement_by_day" ON "inventory"."stock_movement" USING btree ("tenant_id","moved_on","id");--> statement-breakpoint
CREATE INDEX "stock_movement_by_article" ON "inventory"."stock_movement" USING btree ("tenant_id","article_id","moved_on","id");--> statement-breakpoint
CREATE INDEX "stock_movement_by_source" ON "inventory"."stock_movement" USING btree ("tenant_id","source_id");--> statement-breakpoint
CREATE INDEX "warehouse_by_name" ON "inventory"."warehouse" USING btree ("tenant_id","name","id");--> statement-breakpoint
CREATE INDEX "stock_movement_by_external" ON "inventory"."stock_movement" USING btree ("tenant_id","external_number") WHERE external_number is not null;
