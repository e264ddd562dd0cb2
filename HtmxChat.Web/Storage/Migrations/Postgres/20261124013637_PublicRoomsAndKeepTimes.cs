using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HtmxChat.Web.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class PublicRoomsAndKeepTimes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "begun_at_ms",
                table: "two_steps",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "audit_days",
                table: "sites",
                type: "integer",
                nullable: true,
                defaultValue: 365);

            migrationBuilder.AddColumn<bool>(
                name: "rooms_may_be_public",
                table: "sites",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "world_from_seq",
                table: "rooms",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "link_made_at_ms",
                table: "people",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "loses_messages_until_ms",
                table: "people",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "proof_tries",
                table: "people",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "proof_tries_from_ms",
                table: "people",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<bool>(
                name: "was_deactivated",
                table: "people",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "given_up_at_ms",
                table: "former_handles",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateIndex(
                name: "IX_rooms_id",
                table: "rooms",
                column: "id",
                filter: "world_from_seq is not null");

            // They were kept without the site that they are of, so nobody is found by them any more; whoever had one links anew.
            migrationBuilder.Sql("delete from asp_net_user_logins");

            migrationBuilder.CreateIndex(
                name: "IX_asp_net_user_logins_user_id_login_provider",
                table: "asp_net_user_logins",
                columns: new[] { "user_id", "login_provider" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_rooms_id",
                table: "rooms");

            migrationBuilder.DropIndex(
                name: "IX_asp_net_user_logins_user_id_login_provider",
                table: "asp_net_user_logins");

            migrationBuilder.DropColumn(
                name: "begun_at_ms",
                table: "two_steps");

            migrationBuilder.DropColumn(
                name: "audit_days",
                table: "sites");

            migrationBuilder.DropColumn(
                name: "rooms_may_be_public",
                table: "sites");

            migrationBuilder.DropColumn(
                name: "world_from_seq",
                table: "rooms");

            migrationBuilder.DropColumn(
                name: "link_made_at_ms",
                table: "people");

            migrationBuilder.DropColumn(
                name: "loses_messages_until_ms",
                table: "people");

            migrationBuilder.DropColumn(
                name: "proof_tries",
                table: "people");

            migrationBuilder.DropColumn(
                name: "proof_tries_from_ms",
                table: "people");

            migrationBuilder.DropColumn(
                name: "was_deactivated",
                table: "people");

            migrationBuilder.DropColumn(
                name: "given_up_at_ms",
                table: "former_handles");
        }
    }
}
