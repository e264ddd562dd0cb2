using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HtmxChat.Web.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class GivenUpHandles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "link_made_at_ms",
                table: "people",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "given_up_at_ms",
                table: "former_handles",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "link_made_at_ms",
                table: "people");

            migrationBuilder.DropColumn(
                name: "given_up_at_ms",
                table: "former_handles");
        }
    }
}
