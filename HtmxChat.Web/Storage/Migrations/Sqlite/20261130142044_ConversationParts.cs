using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HtmxChat.Web.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ConversationParts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "shows_previews",
                table: "sites",
                type: "INTEGER",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<int>(
                name: "calling_all",
                table: "rooms",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<bool>(
                name: "shows_previews",
                table: "rooms",
                type: "INTEGER",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<string>(
                name: "preferences",
                table: "people",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "recent_emoji",
                table: "people",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "forwarded_room_id",
                table: "messages",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "forwarded_seq",
                table: "messages",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_in_room_too",
                table: "messages",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "mentioned",
                table: "messages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "pinned_at_ms",
                table: "messages",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "pinned_by_id",
                table: "messages",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "poll",
                table: "messages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "preview",
                table: "messages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "reactions",
                table: "messages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "thread_count",
                table: "messages",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "thread_last_at_ms",
                table: "messages",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "thread_seq",
                table: "messages",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "drafts",
                columns: table => new
                {
                    person_id = table.Column<long>(type: "INTEGER", nullable: false),
                    room_id = table.Column<long>(type: "INTEGER", nullable: false),
                    thread_seq = table.Column<long>(type: "INTEGER", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    reply_to_seq = table.Column<long>(type: "INTEGER", nullable: true),
                    saved_at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_drafts", x => new { x.person_id, x.room_id, x.thread_seq });
                    table.ForeignKey(
                        name: "FK_drafts_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_drafts_rooms_room_id",
                        column: x => x.room_id,
                        principalTable: "rooms",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "mentions",
                columns: table => new
                {
                    person_id = table.Column<long>(type: "INTEGER", nullable: false),
                    room_id = table.Column<long>(type: "INTEGER", nullable: false),
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    sent_at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_mentions", x => new { x.person_id, x.room_id, x.seq });
                    table.ForeignKey(
                        name: "FK_mentions_messages_room_id_seq",
                        columns: x => new { x.room_id, x.seq },
                        principalTable: "messages",
                        principalColumns: new[] { "room_id", "seq" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_mentions_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "preview_pictures",
                columns: table => new
                {
                    room_id = table.Column<long>(type: "INTEGER", nullable: false),
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<string>(type: "TEXT", nullable: false),
                    content = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_preview_pictures", x => new { x.room_id, x.seq });
                    table.ForeignKey(
                        name: "FK_preview_pictures_messages_room_id_seq",
                        columns: x => new { x.room_id, x.seq },
                        principalTable: "messages",
                        principalColumns: new[] { "room_id", "seq" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "reminders",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    person_id = table.Column<long>(type: "INTEGER", nullable: false),
                    room_id = table.Column<long>(type: "INTEGER", nullable: false),
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    due_at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    told_at_ms = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_reminders", x => x.id);
                    table.ForeignKey(
                        name: "FK_reminders_messages_room_id_seq",
                        columns: x => new { x.room_id, x.seq },
                        principalTable: "messages",
                        principalColumns: new[] { "room_id", "seq" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_reminders_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "saved",
                columns: table => new
                {
                    person_id = table.Column<long>(type: "INTEGER", nullable: false),
                    room_id = table.Column<long>(type: "INTEGER", nullable: false),
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    saved_at_ms = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_saved", x => new { x.person_id, x.room_id, x.seq });
                    table.ForeignKey(
                        name: "FK_saved_messages_room_id_seq",
                        columns: x => new { x.room_id, x.seq },
                        principalTable: "messages",
                        principalColumns: new[] { "room_id", "seq" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_saved_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "scheduled",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    person_id = table.Column<long>(type: "INTEGER", nullable: false),
                    room_id = table.Column<long>(type: "INTEGER", nullable: false),
                    client_key = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    reply_to_seq = table.Column<long>(type: "INTEGER", nullable: true),
                    due_at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    problem = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_scheduled", x => x.id);
                    table.ForeignKey(
                        name: "FK_scheduled_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_scheduled_rooms_room_id",
                        column: x => x.room_id,
                        principalTable: "rooms",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "thread_followers",
                columns: table => new
                {
                    room_id = table.Column<long>(type: "INTEGER", nullable: false),
                    thread_seq = table.Column<long>(type: "INTEGER", nullable: false),
                    person_id = table.Column<long>(type: "INTEGER", nullable: false),
                    is_following = table.Column<bool>(type: "INTEGER", nullable: false),
                    read_seq = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_thread_followers", x => new { x.room_id, x.thread_seq, x.person_id });
                    table.ForeignKey(
                        name: "FK_thread_followers_messages_room_id_thread_seq",
                        columns: x => new { x.room_id, x.thread_seq },
                        principalTable: "messages",
                        principalColumns: new[] { "room_id", "seq" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_thread_followers_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_messages_forwarded_room_id_forwarded_seq",
                table: "messages",
                columns: new[] { "forwarded_room_id", "forwarded_seq" },
                filter: "forwarded_seq is not null");

            migrationBuilder.CreateIndex(
                name: "IX_messages_room_id_pinned_at_ms",
                table: "messages",
                columns: new[] { "room_id", "pinned_at_ms" },
                filter: "pinned_at_ms is not null");

            migrationBuilder.CreateIndex(
                name: "IX_messages_room_id_seq",
                table: "messages",
                columns: new[] { "room_id", "seq" },
                filter: "thread_seq is null or is_in_room_too");

            migrationBuilder.CreateIndex(
                name: "IX_messages_room_id_thread_seq_seq",
                table: "messages",
                columns: new[] { "room_id", "thread_seq", "seq" },
                filter: "thread_seq is not null");

            migrationBuilder.CreateIndex(
                name: "IX_drafts_room_id",
                table: "drafts",
                column: "room_id");

            migrationBuilder.CreateIndex(
                name: "IX_mentions_person_id_sent_at_ms",
                table: "mentions",
                columns: new[] { "person_id", "sent_at_ms" });

            migrationBuilder.CreateIndex(
                name: "IX_mentions_room_id_seq",
                table: "mentions",
                columns: new[] { "room_id", "seq" });

            migrationBuilder.CreateIndex(
                name: "IX_reminders_due_at_ms",
                table: "reminders",
                column: "due_at_ms",
                filter: "told_at_ms is null");

            migrationBuilder.CreateIndex(
                name: "IX_reminders_person_id_due_at_ms",
                table: "reminders",
                columns: new[] { "person_id", "due_at_ms" });

            migrationBuilder.CreateIndex(
                name: "IX_reminders_room_id_seq",
                table: "reminders",
                columns: new[] { "room_id", "seq" });

            migrationBuilder.CreateIndex(
                name: "IX_saved_person_id_saved_at_ms",
                table: "saved",
                columns: new[] { "person_id", "saved_at_ms" });

            migrationBuilder.CreateIndex(
                name: "IX_saved_room_id_seq",
                table: "saved",
                columns: new[] { "room_id", "seq" });

            migrationBuilder.CreateIndex(
                name: "IX_scheduled_due_at_ms",
                table: "scheduled",
                column: "due_at_ms",
                filter: "problem is null");

            migrationBuilder.CreateIndex(
                name: "IX_scheduled_person_id_due_at_ms",
                table: "scheduled",
                columns: new[] { "person_id", "due_at_ms" });

            migrationBuilder.CreateIndex(
                name: "IX_scheduled_room_id",
                table: "scheduled",
                column: "room_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "drafts");

            migrationBuilder.DropTable(
                name: "mentions");

            migrationBuilder.DropTable(
                name: "preview_pictures");

            migrationBuilder.DropTable(
                name: "reminders");

            migrationBuilder.DropTable(
                name: "saved");

            migrationBuilder.DropTable(
                name: "scheduled");

            migrationBuilder.DropTable(
                name: "thread_followers");

            migrationBuilder.DropIndex(
                name: "IX_messages_forwarded_room_id_forwarded_seq",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "IX_messages_room_id_pinned_at_ms",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "IX_messages_room_id_seq",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "IX_messages_room_id_thread_seq_seq",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "shows_previews",
                table: "sites");

            migrationBuilder.DropColumn(
                name: "calling_all",
                table: "rooms");

            migrationBuilder.DropColumn(
                name: "shows_previews",
                table: "rooms");

            migrationBuilder.DropColumn(
                name: "preferences",
                table: "people");

            migrationBuilder.DropColumn(
                name: "recent_emoji",
                table: "people");

            migrationBuilder.DropColumn(
                name: "forwarded_room_id",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "forwarded_seq",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "is_in_room_too",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "mentioned",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "pinned_at_ms",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "pinned_by_id",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "poll",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "preview",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "reactions",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "thread_count",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "thread_last_at_ms",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "thread_seq",
                table: "messages");
        }
    }
}
