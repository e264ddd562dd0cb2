using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace HtmxChat.Web.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Administration : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_events_messages_room_id_message_seq",
                table: "events");

            migrationBuilder.AddColumn<int>(
                name: "joining",
                table: "sites",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<byte[]>(
                name: "logo",
                table: "sites",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "logo_version",
                table: "sites",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "max_message_length",
                table: "sites",
                type: "integer",
                nullable: false,
                defaultValue: 10000);

            migrationBuilder.AddColumn<int>(
                name: "max_upload_megabytes",
                table: "sites",
                type: "integer",
                nullable: false,
                defaultValue: 8);

            migrationBuilder.AddColumn<int>(
                name: "room_makers",
                table: "sites",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<string>(
                name: "style",
                table: "sites",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "keep_days",
                table: "rooms",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_removed",
                table: "messages",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "audit",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    at_ms = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    by_id = table.Column<long>(type: "bigint", nullable: true),
                    person_id = table.Column<long>(type: "bigint", nullable: true),
                    about = table.Column<string>(type: "text", nullable: false),
                    address = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit", x => x.id);
                    table.ForeignKey(
                        name: "FK_audit_people_by_id",
                        column: x => x.by_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_audit_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "reports",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    room_id = table.Column<long>(type: "bigint", nullable: false),
                    message_seq = table.Column<long>(type: "bigint", nullable: false),
                    reporter_id = table.Column<long>(type: "bigint", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    reported_at_ms = table.Column<long>(type: "bigint", nullable: false),
                    handled_at_ms = table.Column<long>(type: "bigint", nullable: true),
                    handled_by_id = table.Column<long>(type: "bigint", nullable: true),
                    answer = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_reports", x => x.id);
                    table.ForeignKey(
                        name: "FK_reports_people_handled_by_id",
                        column: x => x.handled_by_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_reports_people_reporter_id",
                        column: x => x.reporter_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_reports_rooms_room_id",
                        column: x => x.room_id,
                        principalTable: "rooms",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_audit_by_id",
                table: "audit",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "IX_audit_kind_id",
                table: "audit",
                columns: new[] { "kind", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_person_id",
                table: "audit",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "IX_reports_id",
                table: "reports",
                column: "id",
                filter: "handled_at_ms is null");

            migrationBuilder.CreateIndex(
                name: "IX_reports_room_id_message_seq_reporter_id",
                table: "reports",
                columns: new[] { "room_id", "message_seq", "reporter_id" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit");

            migrationBuilder.DropTable(
                name: "reports");

            migrationBuilder.DropColumn(
                name: "joining",
                table: "sites");

            migrationBuilder.DropColumn(
                name: "logo",
                table: "sites");

            migrationBuilder.DropColumn(
                name: "logo_version",
                table: "sites");

            migrationBuilder.DropColumn(
                name: "max_message_length",
                table: "sites");

            migrationBuilder.DropColumn(
                name: "max_upload_megabytes",
                table: "sites");

            migrationBuilder.DropColumn(
                name: "room_makers",
                table: "sites");

            migrationBuilder.DropColumn(
                name: "style",
                table: "sites");

            migrationBuilder.DropColumn(
                name: "keep_days",
                table: "rooms");

            migrationBuilder.DropColumn(
                name: "is_removed",
                table: "messages");

            migrationBuilder.AddForeignKey(
                name: "FK_events_messages_room_id_message_seq",
                table: "events",
                columns: new[] { "room_id", "message_seq" },
                principalTable: "messages",
                principalColumns: new[] { "room_id", "seq" },
                onDelete: ReferentialAction.Cascade);
        }
    }
}
