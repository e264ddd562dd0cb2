using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HtmxChat.Web.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Conversation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "reply_to_seq",
                table: "messages",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_messages_room_id_reply_to_seq",
                table: "messages",
                columns: new[] { "room_id", "reply_to_seq" },
                filter: "reply_to_seq is not null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_messages_room_id_reply_to_seq",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "reply_to_seq",
                table: "messages");
        }
    }
}
