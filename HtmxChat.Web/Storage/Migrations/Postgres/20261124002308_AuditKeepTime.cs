using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HtmxChat.Web.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class AuditKeepTime : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "audit_days",
                table: "sites",
                type: "integer",
                nullable: true,
                defaultValue: 365);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "audit_days",
                table: "sites");
        }
    }
}
