using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.StandIn.Tests.Model;

public sealed class ResourceLogTests
{
    [Fact]
    public async Task A_watcher_gets_the_backlog_then_new_lines_then_the_end()
    {
        await using var app = TestModel.ToRun().Build();
        var logs = app.Services.GetRequiredService<ResourceLoggerService>();
        var logger = logs.GetLogger("source");
        var seen = new List<LogLine>();

        logger.LogInformation("before");
        var watching = WatchAsync();
        await logs.WatchAnySubscribersAsync(TestContext.Current.CancellationToken).FirstAsync(TestContext.Current.CancellationToken);

        logger.LogError("after");
        logs.Complete("source");
        await watching.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(
            [("before", 1, false), ("after", 2, true)],
            seen.Select(line => (line.Content.Split(' ')[^1], line.LineNumber, line.IsErrorMessage)));

        async Task WatchAsync()
        {
            await foreach (var lines in logs.WatchAsync("source"))
            {
                seen.AddRange(lines);
            }
        }
    }
}
