using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace HtmxChat.Web.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class People : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "EmailIndex",
                table: "people");

            migrationBuilder.AddColumn<long>(
                name: "archived_at_ms",
                table: "rooms",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "icon",
                table: "rooms",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "kind",
                table: "rooms",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<int>(
                name: "posting",
                table: "rooms",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<bool>(
                name: "shows_history",
                table: "rooms",
                type: "boolean",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<string>(
                name: "display_name",
                table: "people",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "standing",
                table: "people",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.CreateTable(
                name: "invites",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    code = table.Column<string>(type: "text", nullable: false),
                    note = table.Column<string>(type: "text", nullable: false),
                    created_by_id = table.Column<long>(type: "bigint", nullable: false),
                    created_at_ms = table.Column<long>(type: "bigint", nullable: false),
                    expires_at_ms = table.Column<long>(type: "bigint", nullable: true),
                    max_uses = table.Column<int>(type: "integer", nullable: true),
                    uses = table.Column<int>(type: "integer", nullable: false),
                    revoked_at_ms = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_invites", x => x.id);
                    table.ForeignKey(
                        name: "FK_invites_people_created_by_id",
                        column: x => x.created_by_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "memberships",
                columns: table => new
                {
                    room_id = table.Column<long>(type: "bigint", nullable: false),
                    person_id = table.Column<long>(type: "bigint", nullable: false),
                    involvement = table.Column<int>(type: "integer", nullable: false),
                    is_favourite = table.Column<bool>(type: "boolean", nullable: false),
                    from_seq = table.Column<long>(type: "bigint", nullable: false),
                    added_at_ms = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_memberships", x => new { x.room_id, x.person_id });
                    table.ForeignKey(
                        name: "FK_memberships_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_memberships_rooms_room_id",
                        column: x => x.room_id,
                        principalTable: "rooms",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "EmailIndex",
                table: "people",
                column: "normalized_email",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_invites_code",
                table: "invites",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_memberships_person_id",
                table: "memberships",
                column: "person_id");

            // What was the name is the name still, and suggests the handle; the one invite there was goes on being good.
            migrationBuilder.Sql("update people set display_name = user_name, user_name = replace(user_name, ' ', '.'), normalized_user_name = replace(normalized_user_name, ' ', '.')");
            migrationBuilder.Sql("insert into invites (code, note, created_by_id, created_at_ms, uses) select s.invite, '', p.id, 0, 0 from sites s join people p on p.id = (select min(id) from people where role = 2)");

            migrationBuilder.DropColumn(
                name: "invite",
                table: "sites");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "invites");

            migrationBuilder.DropTable(
                name: "memberships");

            migrationBuilder.DropIndex(
                name: "EmailIndex",
                table: "people");

            migrationBuilder.DropColumn(
                name: "archived_at_ms",
                table: "rooms");

            migrationBuilder.DropColumn(
                name: "icon",
                table: "rooms");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "rooms");

            migrationBuilder.DropColumn(
                name: "posting",
                table: "rooms");

            migrationBuilder.DropColumn(
                name: "shows_history",
                table: "rooms");

            migrationBuilder.DropColumn(
                name: "display_name",
                table: "people");

            migrationBuilder.DropColumn(
                name: "standing",
                table: "people");

            migrationBuilder.AddColumn<string>(
                name: "invite",
                table: "sites",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateIndex(
                name: "EmailIndex",
                table: "people",
                column: "normalized_email");
        }
    }
}
