using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using HtmxChat.E2E;

namespace HtmxChat.Tests.Faults;

/// <summary>nginx in front of two nodes, set up as <c>deploy/nginx.conf</c> says.</summary>
sealed class Nginx : IAsyncDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("htmxchat-nginx-");
    readonly int port = Ports.Free();
    Process? process;

    public Uri Address => new($"http://127.0.0.1:{port}");

    /// <summary>Starts it and waits until it takes connections.</summary>
    public static async Task<Nginx> StartAsync(ChatServer first, ChatServer second)
    {
        var nginx = new Nginx();
        await File.WriteAllTextAsync(nginx.Path("nginx.conf"), nginx.Around(nginx.Site(first, second)), Ct);
        nginx.process = Tool.Start("nginx", "-c", nginx.Path("nginx.conf"), "-e", nginx.Path("errors"));
        while (!await nginx.TakesConnectionsAsync())
        {
            if (nginx.process.HasExited) throw new InvalidOperationException($"nginx ended: {await nginx.process.StandardError.ReadToEndAsync(Ct)}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), Ct);
        }
        return nginx;
    }

    public async ValueTask DisposeAsync()
    {
        using (var quit = Process.Start("kill", ["-TERM", process!.Id.ToString(CultureInfo.InvariantCulture)])) await quit.WaitForExitAsync();
        await process.WaitForExitAsync();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    // The example as it is, but for the addresses.
    string Site(ChatServer first, ChatServer second) => File.ReadAllText(System.IO.Path.Combine(Repository.Folder, "deploy/nginx.conf"))
        .Replace("127.0.0.1:5001", $"127.0.0.1:{first.Port}", StringComparison.Ordinal)
        .Replace("127.0.0.1:5002", $"127.0.0.1:{second.Port}", StringComparison.Ordinal)
        .Replace("listen 80;", $"listen 127.0.0.1:{port};", StringComparison.Ordinal);

    string Around(string site) =>
        $$"""
        daemon off;
        worker_processes 1;
        pid {{Path("pid")}};
        events { worker_connections 16384; }
        http {
            access_log off;
            client_body_temp_path {{Path("body")}};
            proxy_temp_path {{Path("proxy")}};
            fastcgi_temp_path {{Path("fastcgi")}};
            uwsgi_temp_path {{Path("uwsgi")}};
            scgi_temp_path {{Path("scgi")}};
        {{site}}
        }
        """;

    string Path(string name) => System.IO.Path.Combine(folder.FullName, name);

    async Task<bool> TakesConnectionsAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port, Ct);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
