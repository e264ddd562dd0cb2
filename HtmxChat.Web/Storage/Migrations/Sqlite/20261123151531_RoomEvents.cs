using Microsoft.EntityFrameworkCore.Migrations;

namespace HtmxChat.Web.Storage.Migrations.Sqlite
{
    /// <summary>
    /// Events that are about the room and not about a message. SQLite changes no column, and EF's own way around that
    /// is not one transaction; nothing refers to this table, so making it anew and renaming it is.
    /// </summary>
    public partial class RoomEvents : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "events_with_rooms",
                columns: table => new
                {
                    room_id = table.Column<long>(type: "INTEGER", nullable: false),
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    message_seq = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_events", x => new { x.room_id, x.seq });
                    table.ForeignKey(
                        name: "FK_events_messages_room_id_message_seq",
                        columns: x => new { x.room_id, x.message_seq },
                        principalTable: "messages",
                        principalColumns: ["room_id", "seq"],
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_events_rooms_room_id",
                        column: x => x.room_id,
                        principalTable: "rooms",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });
            migrationBuilder.Sql("insert into events_with_rooms (room_id, seq, kind, message_seq) select room_id, seq, kind, message_seq from events");
            migrationBuilder.DropTable(name: "events");
            migrationBuilder.RenameTable(name: "events_with_rooms", newName: "events");
        }
    }
}
