CREATE TABLE "platform"."attachment" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"record_type" text NOT NULL,
	"record_id" uuid NOT NULL,
	"file_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"media_type" text NOT NULL,
	"size_bytes" integer NOT NULL,
	"sha256" text NOT NULL,
	"created_by" uuid,
	CONSTRAINT "attachment_of_record" UNIQUE("tenant_id","record_id","file_id")
);
--> statement-breakpoint
CREATE INDEX "attachment_by_creation" ON "platform"."attachment" USING btree ("tenant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "attachment_by_file_name" ON "platform"."attachment" USING btree ("tenant_id","file_name","id");--> statement-breakpoint
CREATE INDEX "file_sizes" ON "platform"."file" USING btree ("tenant_id","size_bytes");