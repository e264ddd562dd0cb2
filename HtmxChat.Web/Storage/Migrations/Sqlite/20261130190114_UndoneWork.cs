using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HtmxChat.Web.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class UndoneWork : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "hiding_key",
                table: "people",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "changed_originals",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    room_id = table.Column<long>(type: "INTEGER", nullable: false),
                    seq = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_changed_originals", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_thread_followers_person_id",
                table: "thread_followers",
                column: "person_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "changed_originals");

            migrationBuilder.DropIndex(
                name: "IX_thread_followers_person_id",
                table: "thread_followers");

            migrationBuilder.DropColumn(
                name: "hiding_key",
                table: "people");
        }
    }
}
