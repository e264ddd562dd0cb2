using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HtmxChat.Web.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ExpiredMessages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "expired_count",
                table: "rooms",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            // Nothing else has deleted rows of messages until now.
            migrationBuilder.Sql("update rooms set expired_count = message_count - (select count(*) from messages m where m.room_id = rooms.id) where message_count > 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "expired_count",
                table: "rooms");
        }
    }
}
