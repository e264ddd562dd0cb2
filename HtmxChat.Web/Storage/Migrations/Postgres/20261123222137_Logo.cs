using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HtmxChat.Web.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Logo : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
                name: "max_upload_megabytes",
                table: "sites",
                type: "integer",
                nullable: false,
                defaultValue: 8);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "logo",
                table: "sites");

            migrationBuilder.DropColumn(
                name: "logo_version",
                table: "sites");

            migrationBuilder.DropColumn(
                name: "max_upload_megabytes",
                table: "sites");
        }
    }
}
