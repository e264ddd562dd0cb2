using System.Diagnostics;
using System.Globalization;
using HtmxChat.E2E;
using Npgsql;

namespace HtmxChat.Tests.Servers;

/// <summary>A real PostgreSQL of its own on a free port, with fsync on, as an ordinary user. It can be ended and started again on the same data.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    readonly string folder;
    readonly int port = Ports.Free();
    int databases;

    PostgresServer(string folder) => this.folder = folder;

    string Data => Path.Combine(folder, "data");

    // Debian keeps each version apart, and none of them where programs are looked for.
    static string Programs { get; } = Directory.EnumerateDirectories("/usr/lib", "postgresql")
        .SelectMany(Directory.EnumerateDirectories)
        .OrderByDescending(version => int.Parse(Path.GetFileName(version), CultureInfo.InvariantCulture))
        .Select(version => Path.Combine(version, "bin"))
        .FirstOrDefault(programs => File.Exists(Path.Combine(programs, "postgres")), "");

    /// <summary>A new one with nothing in it.</summary>
    public static async Task<PostgresServer> StartNewAsync()
    {
        var server = new PostgresServer(await OrdinaryUser.NewFolderAsync("htmxchat-pg-"));
        await OrdinaryUser.RunAsync(Path.Combine(Programs, "initdb"), "--pgdata", server.Data, "--username", "chat", "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8");
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts it and waits until it answers.</summary>
    public async Task StartAsync()
    {
        using var limit = new CancellationTokenSource(StartTimeout);
        while (true)
        {
            var process = OrdinaryUser.Start(Path.Combine(Programs, "postgres"), "-D", Data, "-p", $"{port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=");
            if (await IsReadyAsync(process, limit.Token)) return;

            // After a kill -9 the other processes hold the memory for a moment.
            await process.WaitForExitAsync(limit.Token);
            process.Dispose();
        }
    }

    public async Task EndAsync(Ending how)
    {
        var id = int.Parse((await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0], CultureInfo.InvariantCulture);
        using var process = Process.GetProcessById(id);
        await OrdinaryUser.SignalAsync(id, how switch { Ending.Fast => "INT", Ending.Immediate => "QUIT", _ => "KILL" });
        await process.WaitForExitAsync();
    }

    /// <summary>The connection string of a database that has no tables yet.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        var name = $"chat{Interlocked.Increment(ref databases)}";
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A name and a number.
        command.CommandText = $"create database {name}";
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid"))) await EndAsync(Ending.Immediate);
        Directory.Delete(folder, recursive: true);
    }

    string ConnectionString(string database) => $"Host=127.0.0.1;Port={port};Username=chat;Database={database}";

    static async Task<bool> IsReadyAsync(Process process, CancellationToken ct)
    {
        while (await process.StandardError.ReadLineAsync(ct) is { } line)
        {
            if (!line.Contains("database system is ready", StringComparison.Ordinal)) continue;
            _ = process.StandardError.ReadToEndAsync(CancellationToken.None); // so that it never waits for a reader of its log
            return true;
        }
        return false;
    }
}
