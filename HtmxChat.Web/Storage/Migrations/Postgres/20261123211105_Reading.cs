using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HtmxChat.Web.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Reading : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "message_count",
                table: "rooms",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<bool>(
                name: "hides_presence",
                table: "people",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "attendance",
                columns: table => new
                {
                    node = table.Column<string>(type: "text", nullable: false),
                    at_ms = table.Column<long>(type: "bigint", nullable: false),
                    active = table.Column<string>(type: "text", nullable: false),
                    away = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_attendance", x => x.node);
                });

            migrationBuilder.CreateTable(
                name: "read_places",
                columns: table => new
                {
                    room_id = table.Column<long>(type: "bigint", nullable: false),
                    person_id = table.Column<long>(type: "bigint", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    messages = table.Column<long>(type: "bigint", nullable: false),
                    mention_seq = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_read_places", x => new { x.room_id, x.person_id });
                    table.ForeignKey(
                        name: "FK_read_places_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_read_places_rooms_room_id",
                        column: x => x.room_id,
                        principalTable: "rooms",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            // What was said before anybody noted how far they read is not news to those who were there.
            migrationBuilder.Sql("update rooms set message_count = (select count(*) from messages where messages.room_id = rooms.id)");
            migrationBuilder.Sql(
                """
                insert into read_places (room_id, person_id, seq, messages, mention_seq)
                select r.id, m.person_id, r.last_seq, r.message_count, 0 from memberships m join rooms r on r.id = m.room_id
                """);

            migrationBuilder.CreateIndex(
                name: "IX_read_places_person_id",
                table: "read_places",
                column: "person_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "attendance");

            migrationBuilder.DropTable(
                name: "read_places");

            migrationBuilder.DropColumn(
                name: "message_count",
                table: "rooms");

            migrationBuilder.DropColumn(
                name: "hides_presence",
                table: "people");
        }
    }
}
