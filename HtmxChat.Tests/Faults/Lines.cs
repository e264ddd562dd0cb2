using System.Collections.Concurrent;
using HtmxChat.Web.Live;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HtmxChat.Tests.Faults;

/// <summary>What the relay writes to the log.</summary>
sealed class Lines : ILogger<RedisRelay>
{
    readonly ConcurrentQueue<string> lines = new();

    public IReadOnlyCollection<string> All => lines;

    public void AddTo(IServiceCollection services) => services.AddSingleton<ILogger<RedisRelay>>(this);

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue($"{logLevel}: {formatter(state, exception)}");
}
